namespace Observe.Storage.Engine;

/// <summary>The forms in which a result can leave the engine as bytes, for programs that read it elsewhere.</summary>
public enum ResultFormat
{
    /// <summary>A JSON object for each row, each on a line of its own (NDJSON).</summary>
    JsonEachRow,

    /// <summary>RFC 4180 with a line of column names; texts are quoted, line ends are LF.</summary>
    Csv,

    /// <summary>Apache Arrow's IPC stream; record batches are compressed with LZ4.</summary>
    ArrowStream,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}
