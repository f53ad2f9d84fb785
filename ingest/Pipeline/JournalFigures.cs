using System.Diagnostics.Metrics;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Decoding;

namespace Observe.Ingest.Pipeline;

/// <summary>What the gauges say of the journals.</summary>
internal static class JournalFigures
{
    public static JournalWatch Of(IReadOnlyList<SignalPipeline> signals, TimeProvider time)
    {
        return new(
            () => Measure<long>(signal => signal.Journal.Bytes),
            () => Measure<long>(signal => signal.Journal.Waiting.All().Sum(static sender => sender.Records)),
            () => Measure<double>(signal => LagOf(signal, time)),
            () => Measure<int>(signal => signal.Pipeline.Failure is null ? 0 : 1),
            () => Measure<long>(signal => signal.Journal.ForgottenEarly));

        IEnumerable<Measurement<T>> Measure<T>(Func<SignalPipeline, T> value)
            where T : struct => signals.Select(signal =>
                new Measurement<T>(value(signal), new KeyValuePair<string, object?>("signal", signal.Signal.Name())));
    }

    /// <summary>Age of the oldest record that waits, in seconds.</summary>
    private static double LagOf(SignalPipeline signal, TimeProvider time)
    {
        long oldest = signal.Pipeline.OldestWaiting;
        return oldest == 0 ? 0 : Math.Max(0, (UnixTime.Now(time) - oldest) / 1e9);
    }
}
