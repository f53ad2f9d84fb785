using Observe.Ingest.Journal;
using Observe.Ingest.Otlp;
using Observe.Storage.Batches;

namespace Observe.Ingest.Pipeline;

/// <summary>What one signal has of its own: a journal, and the pipeline that empties it. A signal that is stuck does not hold up the others.</summary>
/// <param name="Signal">As OTLP names it.</param>
/// <param name="Fields">The same, as the tables name it.</param>
internal sealed record SignalPipeline(OtlpSignal Signal, FieldSignal Fields, SignalJournal Journal, BatchPipeline Pipeline)
{
    /// <summary>Whether everything that was acknowledged is in the engine.</summary>
    public bool IsDrained => Journal.Waiting.All().Count == 0;
}
