namespace Observe.Bench;

/// <summary>Something is not as a command needs it. The message says what, and what to do.</summary>
internal sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
