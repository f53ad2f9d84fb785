using Observe.Fuzz.Engine;
using Observe.Ingest.Otlp;

namespace Observe.Fuzz.Targets;

/// <summary>All targets by name.</summary>
internal static class FuzzTargets
{
    /// <summary>Each with its part of the executions when all are run: more where an execution is cheap or more can go wrong.</summary>
    private static readonly Dictionary<string, (int Share, Func<IFuzzTarget> Create)> All = new()
    {
        ["otlp-logs"] = (16, () => new OtlpTarget(OtlpSignal.Logs)),
        ["otlp-traces"] = (16, () => new OtlpTarget(OtlpSignal.Traces)),
        ["otlp-metrics"] = (16, () => new OtlpTarget(OtlpSignal.Metrics)),
        ["json-logs"] = (9, () => new JsonTarget(OtlpSignal.Logs)),
        ["json-traces"] = (9, () => new JsonTarget(OtlpSignal.Traces)),
        ["json-metrics"] = (9, () => new JsonTarget(OtlpSignal.Metrics)),
        ["gzip"] = (8, () => new GzipTarget()),
        ["journal"] = (16, () => new JournalTarget()),
        ["journal-start"] = (1, () => new JournalStartTarget()),
    };

    public static IReadOnlyList<string> Names { get; } = [.. All.Keys];

    /// <exception cref="ArgumentException">There is no such target.</exception>
    public static IFuzzTarget Create(string name) => All.TryGetValue(name, out (int Share, Func<IFuzzTarget> Create) target)
        ? target.Create()
        : throw new ArgumentException($"There is no target {name}; there are {string.Join(", ", Names)}.", nameof(name));

    /// <summary>How many of so many executions of all targets are this one's.</summary>
    public static long ShareOf(string name, long executions) => (long)((Int128)executions * All[name].Share / All.Values.Sum(static target => target.Share));
}
