using Observe.Ingest.Journal;
using Observe.Ingest.Otlp;

namespace Observe.Ingest.Pipeline;

/// <summary>What one signal has of its own: a journal, and the pipeline that empties it. A signal that is stuck does not hold up the others.</summary>
internal sealed record SignalPipeline(OtlpSignal Signal, SignalJournal Journal, BatchPipeline Pipeline)
{
    /// <summary>Whether everything that was acknowledged is in the engine.</summary>
    public bool IsDrained => Journal.Waiting.All().Count == 0;
}
