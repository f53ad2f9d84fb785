using System.Globalization;

namespace Observe.Storage.Engine.Embedded;

/// <summary>What connections are opened with: server settings, which the first connection of the process decides, and query settings.</summary>
internal static class EngineArguments
{
    /// <summary>For every connection: the storage path, and query settings that Observe relies on.</summary>
    public static IReadOnlyList<string> ForPath(string path) =>
    [
        $"--path={path}",

        // Attributes come back as typed paths; as JSON text a key that is value and prefix at once would come out twice.
        "--output_format_native_use_flattened_dynamic_and_json_serialization=1",

        // An insert is acknowledged when its rows are stored, not when they are queued.
        "--async_insert=0",

        // A request may span any number of days; the default refuses more than 100 partitions in a block.
        "--max_partitions_per_insert_block=0",
        .. OutputFormats.Arguments,
    ];

    /// <summary>Read-only, so that <c>file()</c>, <c>url()</c>, inserts and changes of these very settings are refused.</summary>
    public static IReadOnlyList<string> ForUserSql(EngineOptions options) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"--max_execution_time={options.UserSqlSeconds}"),
        string.Create(CultureInfo.InvariantCulture, $"--max_memory_usage={options.UserSqlMemory}"),
        string.Create(CultureInfo.InvariantCulture, $"--max_result_rows={options.UserSqlRows}"),
        string.Create(CultureInfo.InvariantCulture, $"--max_result_bytes={options.UserSqlBytes}"),
        "--result_overflow_mode=throw",
        "--readonly=1",
    ];
}
