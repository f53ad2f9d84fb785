using Observe.Storage.Results;

namespace Observe.Storage.Engine.Embedded;

/// <summary>What one fetch of a running query brought, in the engine's memory: some blocks in the Native format, or nothing at the query's end.</summary>
internal sealed unsafe class ResultChunk : IDisposable
{
    private nint _result;

    /// <param name="result">A result without an error; from now on this chunk's.</param>
    public ResultChunk(nint result)
    {
        _result = result;
        RowsRead = ChdbNative.ResultStorageRowsRead(result);
        BytesRead = ChdbNative.ResultStorageBytesRead(result);
    }

    /// <summary>Whether the query is finished.</summary>
    public bool AtEnd => Bytes.IsEmpty;

    /// <summary>Rows that the engine read from storage for it.</summary>
    public ulong RowsRead { get; }

    public ulong BytesRead { get; }

    private ReadOnlySpan<byte> Bytes => new(ChdbNative.ResultBuffer(_result), checked((int)ChdbNative.ResultLength(_result)));

    /// <summary>Its blocks, which may be kept.</summary>
    public IReadOnlyList<ResultBlock> Copy() => BlockReader.ReadAll(Bytes);

    /// <summary>Shows the sink its blocks.</summary>
    public void Show(INumberSink sink)
    {
        ReadOnlySpan<byte> bytes = Bytes;
        var reader = new NativeReader(bytes);
        while (!reader.AtEnd)
        {
            sink.Add(NumberBlock.Read(ref reader, bytes));
        }
    }

    public void Dispose()
    {
        if (_result != 0)
        {
            ChdbNative.DestroyResult(_result);
            _result = 0;
        }
    }
}
