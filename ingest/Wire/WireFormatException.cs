namespace Observe.Ingest.Wire;

/// <summary>The bytes are not a Protocol Buffers message. The message says which one, where and why.</summary>
internal sealed class WireFormatException(string message) : Exception(message);
