using Observe.Storage.Batches;
using Observe.Storage.Columns;
using Observe.Storage.Results;

namespace Observe.Tests.Ingest;

/// <summary>Reads what a batch would send to the engine.</summary>
internal static class BatchRows
{
    public static ResultBlock Read(ColumnBatch batch) => BlockReader.ReadAll(Bytes(batch)).Single();

    public static byte[] Bytes(ColumnBatch batch)
    {
        var sink = new Sink();
        batch.WriteBlock(sink);
        return [.. sink.Bytes];
    }

    /// <summary>The attributes of a row, by flat path.</summary>
    public static IReadOnlyDictionary<string, object?> Json(this ResultBlock block, string column, int row = 0) =>
        Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(block[column].GetValue(row));

    public static object?[] Array(this ResultBlock block, string column, int row = 0) =>
        Assert.IsType<object?[]>(block[column].GetValue(row));

    private sealed class Sink : IBlockSink
    {
        public List<byte> Bytes { get; } = [];

        public void Write(ReadOnlySpan<byte> bytes) => Bytes.AddRange(bytes);
    }
}
