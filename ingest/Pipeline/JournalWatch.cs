using System.Diagnostics.Metrics;

namespace Observe.Ingest.Pipeline;

/// <summary>Where the figures of the journals and of what empties them come from when somebody asks for them.</summary>
internal sealed record JournalWatch(
    Func<IEnumerable<Measurement<long>>> Bytes,
    Func<IEnumerable<Measurement<long>>> Records,
    Func<IEnumerable<Measurement<double>>> Lag,
    Func<IEnumerable<Measurement<int>>> Failing,
    Func<IEnumerable<Measurement<long>>> ForgottenEarly);
