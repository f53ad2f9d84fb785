using Observe.Fuzz.Engine;
using Observe.Ingest.Otlp;

namespace Observe.Fuzz.Targets;

/// <summary>All targets by name.</summary>
internal static class FuzzTargets
{
    private static readonly Dictionary<string, Func<IFuzzTarget>> All = new()
    {
        ["otlp-logs"] = () => new OtlpTarget(OtlpSignal.Logs),
        ["otlp-traces"] = () => new OtlpTarget(OtlpSignal.Traces),
        ["otlp-metrics"] = () => new OtlpTarget(OtlpSignal.Metrics),
        ["json-logs"] = () => new JsonTarget(OtlpSignal.Logs),
        ["json-traces"] = () => new JsonTarget(OtlpSignal.Traces),
        ["json-metrics"] = () => new JsonTarget(OtlpSignal.Metrics),
        ["gzip"] = () => new GzipTarget(),
        ["journal"] = () => new JournalTarget(),
        ["journal-start"] = () => new JournalStartTarget(),
    };

    public static IReadOnlyList<string> Names { get; } = [.. All.Keys];

    /// <exception cref="ArgumentException">There is no such target.</exception>
    public static IFuzzTarget Create(string name) => All.TryGetValue(name, out Func<IFuzzTarget>? create)
        ? create()
        : throw new ArgumentException($"There is no target {name}; there are {string.Join(", ", Names)}.", nameof(name));
}
