namespace Observe.Query.Api.Formats;

/// <summary>The forms in which rows are answered.</summary>
internal enum AnswerFormat
{
    /// <summary>One document with columns, rows, statistics and notices.</summary>
    Json,

    /// <summary>A JSON object for each row, each on a line of its own.</summary>
    NdJson,

    /// <summary>RFC 4180, with a line of column names.</summary>
    Csv,

    /// <summary>Apache Arrow's IPC stream.</summary>
    Arrow,

    Parquet,
}
