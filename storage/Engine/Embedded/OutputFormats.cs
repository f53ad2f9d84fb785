namespace Observe.Storage.Engine.Embedded;

/// <summary>How results leave the engine as bytes.</summary>
internal static class OutputFormats
{
    /// <summary>
    /// For every connection, because those for users' SQL take no settings later. Without them the engine holds some hundred megabytes of a
    /// stream: of two million rows of 280 bytes, JSON took 530 MB with and 95 MB without parallel formatting; Parquet 340 and 180 MB. A row group
    /// is in memory until it is complete; by default it has a million rows.
    /// </summary>
    public static IReadOnlyList<string> Arguments { get; } =
    [
        "--output_format_parallel_formatting=0",
        "--output_format_parquet_parallel_encoding=0",
        "--output_format_parquet_row_group_size=65536",
        "--output_format_parquet_row_group_size_bytes=16777216",
    ];

    /// <summary>For statements of the program's own besides: blocks of a granule, where 65,000 rows are the rule, take a further 80 to 100 MB less.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> StreamSettings { get; } = [new("max_block_size", "8192")];

    /// <summary>The engine's name of a format.</summary>
    public static string NameOf(ResultFormat format) => format switch
    {
        ResultFormat.JsonEachRow => "JSONEachRow",
        ResultFormat.Csv => "CSVWithNames",
        ResultFormat.ArrowStream => "ArrowStream",
        ResultFormat.Parquet => "Parquet",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
