using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Observe.Query.PromQL.Naming;

namespace Observe.Query.SelfMetrics;

/// <summary>Adds up what the meters of this program measure, from <see cref="Start"/> on.</summary>
/// <remarks>
/// <code>
///  any thread:  counter.Add(1, tags) ──▶ family ──▶ series of these tags          no allocation, once the tags have been seen
///  a reading:   observable instruments are asked ──▶ their families, anew ──▶ all families, in the order of their names
/// </code>
/// The meters are Observe's own and the runtime's (garbage collector, threads, exceptions). A meter belongs to the host whose factory made
/// it, so that two hosts in one process do not see each other's figures.
/// </remarks>
internal sealed partial class MetricCollector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly Lock _reading = new();
    private readonly IMeterFactory _factory;
    private readonly ILogger<MetricCollector> _logger;

    public MetricCollector(IMeterFactory factory, ILogger<MetricCollector> logger)
    {
        _factory = factory;
        _logger = logger;
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, family) => ((MetricFamily)family!).Record((double)value, tags));
    }

    /// <summary>Begins to listen: what was measured before is not known.</summary>
    public void Start() => _listener.Start();

    /// <summary>Asks what has to be asked, and hands all families to the reader. One reading at a time.</summary>
    public T Read<T>(Func<IEnumerable<MetricFamily>, T> read)
    {
        lock (_reading)
        {
            foreach (MetricFamily family in _families.Values.Where(family => family.Aggregation == MetricAggregation.Observed))
            {
                family.Clear();
            }

            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException e)
            {
                // The others have answered, and half of the figures is more than none.
                Log.ObservationFailed(_logger, e);
            }

            return read(_families.Values.OrderBy(family => family.Name, StringComparer.Ordinal));
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!IsOurs(instrument.Meter) || TypeOf(instrument) is not (MetricKind kind, MetricAggregation aggregation))
        {
            return;
        }

        string name = PrometheusNames.Family(instrument.Name, instrument.Unit ?? "", kind == MetricKind.Counter, kind == MetricKind.Gauge);
        MetricFamily family = _families.GetOrAdd(name, _ => new MetricFamily(
            name, UnitOf(name, instrument), kind, aggregation, instrument.Description ?? "", kind == MetricKind.Histogram ? AdvisedBounds.Of(instrument) : null));
        if (family.Kind != kind || family.Aggregation != aggregation)
        {
            Log.NameTaken(_logger, instrument.Name, instrument.Meter.Name, name);
            return;
        }

        listener.EnableMeasurementEvents(instrument, family);
    }

    /// <summary>OpenMetrics has a unit only where it is the end of the name.</summary>
    private static string UnitOf(string name, Instrument instrument) =>
        PrometheusNames.Unit(instrument.Unit ?? "") is { Length: > 0 } unit && name.EndsWith("_" + unit, StringComparison.Ordinal) ? unit
        : instrument.Unit == "1" && name.EndsWith("_ratio", StringComparison.Ordinal) ? "ratio"
        : "";

    private bool IsOurs(Meter meter) =>
        (meter.Name.StartsWith("Observe.", StringComparison.Ordinal) && (meter.Scope is null || ReferenceEquals(meter.Scope, _factory)))
        || meter.Name == "System.Runtime";

    private static (MetricKind, MetricAggregation)? TypeOf(Instrument instrument)
    {
        Type type = instrument.GetType();
        Type? definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return definition switch
        {
            _ when definition == typeof(Counter<>) => (MetricKind.Counter, MetricAggregation.Sum),
            _ when definition == typeof(UpDownCounter<>) => (MetricKind.Gauge, MetricAggregation.Sum),
            _ when definition == typeof(Gauge<>) => (MetricKind.Gauge, MetricAggregation.Last),
            _ when definition == typeof(Histogram<>) => (MetricKind.Histogram, MetricAggregation.Buckets),
            _ when definition == typeof(ObservableCounter<>) => (MetricKind.Counter, MetricAggregation.Observed),
            _ when definition == typeof(ObservableUpDownCounter<>) || definition == typeof(ObservableGauge<>) =>
                (MetricKind.Gauge, MetricAggregation.Observed),
            _ => null,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(3101, LogLevel.Warning, "Some of Observe's own figures could not be read and are missing from /metrics.")]
        public static partial void ObservationFailed(ILogger logger, Exception error);

        [LoggerMessage(3102, LogLevel.Warning, "The instrument {Instrument} of {Meter} is missing from /metrics: {Name} is a metric of another type.")]
        public static partial void NameTaken(ILogger logger, string instrument, string meter, string name);
    }
}
