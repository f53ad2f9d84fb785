using System.Globalization;
using Observe.Ingest.Journal;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Decoding;
using Observe.Ingest.Pipeline;
using Observe.Storage.Ingest;

namespace Observe.Ingest;

/// <summary>Tells the other rooms what waits in the journals, and why senders are being told to come again.</summary>
internal sealed class IngestStatus(IngestPipelines pipelines, TimeProvider time) : IIngestStatus
{
    public string? NotReadyReason
    {
        get
        {
            if (pipelines.Signals.Count == 0)
            {
                return "the receivers have not started yet.";
            }

            foreach (SignalPipeline signal in pipelines.Signals)
            {
                if (signal.Journal.Failure is { } failure)
                {
                    return $"the journal of {signal.Signal.Name()} cannot be written: {failure} Senders are told to keep their data.";
                }
            }

            foreach (SignalPipeline signal in pipelines.Signals.Where(static signal => signal.Journal.IsFull))
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"the journal of {signal.Signal.Name()} takes {signal.Journal.Bytes} bytes, those of all signals {pipelines.Space.Used} of " +
                    $"{pipelines.Space.MaxBytes}, and senders are told to keep their data. If the engine is at work, wait; if it fails, its log messages say " +
                    $"why. {JournalOptions.Section}:{nameof(JournalOptions.MaxBytes)} allows more, of which one signal takes two thirds.");
            }

            return null;
        }
    }

    public IReadOnlyList<string> Warnings =>
        [.. pipelines.Signals.Where(static signal => signal.Pipeline.Failure is not null).Select(static signal => string.Create(
            CultureInfo.InvariantCulture,
            $"{signal.Signal.Name()} cannot be stored at the moment, and {signal.Journal.Waiting.Total().Records} records wait in the journal. {signal.Pipeline.Failure}"))];

    public IReadOnlyList<WaitingRecords> Waiting()
    {
        var waiting = new List<WaitingRecords>();
        foreach (SignalPipeline signal in pipelines.Signals)
        {
            // What was appended this moment is not read yet.
            DateTimeOffset oldest = signal.Pipeline.OldestWaiting is > 0 and long known ? UnixTime.ToDateTimeOffset(known) : time.GetUtcNow();
            waiting.AddRange(signal.Journal.Waiting.All().Select(sender =>
                new WaitingRecords(signal.Fields, sender.Sender, sender.Records, sender.Requests, sender.Bytes, oldest)));
        }

        return waiting;
    }
}
