namespace Observe.Fuzz.Engine;

/// <summary>Something that must always hold does not. The message says what.</summary>
public sealed class FuzzFailureException(string message) : Exception(message);
