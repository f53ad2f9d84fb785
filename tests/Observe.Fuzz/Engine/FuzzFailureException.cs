namespace Observe.Fuzz.Engine;

/// <summary>Something that must always hold does not. The message says what.</summary>
internal sealed class FuzzFailureException(string message) : Exception(message);
