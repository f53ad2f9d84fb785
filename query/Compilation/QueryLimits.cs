using System.Globalization;

namespace Observe.Query.Compilation;

/// <summary>What one question may cost, where nothing else is configured (<see cref="Execution.QueryOptions"/>).</summary>
public static class QueryLimits
{
    /// <summary>Records that a search may return: a list longer than this is read by a program, which can narrow the time range.</summary>
    public const int MaxRecords = 10_000;

    /// <summary>Records that a search returns when nothing is said: a screen or two.</summary>
    public const int DefaultRecords = 100;

    /// <summary>Rows of an answer that is streamed to a program: a morning's errors, not a copy of the store.</summary>
    public const int MaxExportRows = 1_000_000;

    /// <summary>Bins of a histogram: more than a screen has columns for them.</summary>
    public const int MaxBins = 1_000;

    /// <summary>Spans of a trace that are returned: what the waterfall can still show.</summary>
    public const int MaxTraceSpans = 10_000;

    /// <summary>Logs of a trace that are returned, for the same reason.</summary>
    public const int MaxTraceLogs = 10_000;

    /// <summary>A question that takes longer has lost whoever asked it.</summary>
    public const int MaxSeconds = 30;

    /// <summary>Readiness must answer before an orchestrator's probe gives up, which is mostly after one or a few seconds.</summary>
    public static readonly TimeSpan HealthTimeout = TimeSpan.FromSeconds(2);

    /// <summary>So that a few questions at once leave the process within its 1 GB of memory under full load.</summary>
    public const long MaxMemoryBytes = 512L << 20;

    /// <summary>
    /// For records that are read in their order with all columns, a million of them: 60 MB instead of 200 MB, and no slower. By itself the engine buffers
    /// ahead, and reads 65,000 rows at a time.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> InOrderSettings { get; } = [new("max_block_size", "4096"), new("read_in_order_use_buffering", "0")];

    /// <summary>
    /// For lists of up to <see cref="MaxRecords"/> and one more: the engine sorts by the times alone and reads the other columns of what is left. By itself it
    /// does so up to 10,000.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ListSettings { get; } = [new("query_plan_max_limit_for_lazy_materialization", "20000")];

    /// <summary>More rows than these are an error instead of being cut.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> MaxRowsSettings(int rows) =>
        [new("max_result_rows", rows.ToString(CultureInfo.InvariantCulture)), new("result_overflow_mode", "throw")];

    /// <summary>Time and memory, for a statement of the program's own, whose LIMIT stands in its text.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Settings { get; } =
    [
        new("max_execution_time", MaxSeconds.ToString(CultureInfo.InvariantCulture)),
        new("max_memory_usage", MaxMemoryBytes.ToString(CultureInfo.InvariantCulture)),
    ];
}
