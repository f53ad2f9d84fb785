using System.Buffers;
using Observe.Storage.Columns;

namespace Observe.Fuzz.Targets;

/// <summary>Keeps a block in memory that is reused.</summary>
internal sealed class MemoryBlockSink : IBlockSink
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlySpan<byte> Span => _bytes.WrittenSpan;

    public void Write(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    public void Clear() => _bytes.ResetWrittenCount();
}
