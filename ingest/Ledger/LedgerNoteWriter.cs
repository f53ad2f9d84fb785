using System.Text;
using Observe.Ingest.Journal;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Decoding;
using Observe.Storage.Batches;

namespace Observe.Ingest.Ledger;

/// <summary>
/// Puts the counts of requests that left no records, refused and sent again, into the journals from time to time, so that they
/// reach the ledger as surely as the records do.
/// </summary>
internal sealed class LedgerNoteWriter(
    RefusalCounts refusals, ResentCounts resent, Func<OtlpSignal, SignalJournal> journalOf, TimeSpan interval, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private Task _loop = Task.CompletedTask;

    public void Start() => _loop = Task.Run(RunAsync);

    /// <summary>Writes what is left. To be called when the receivers have stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _loop;
        await WriteAsync();
        _stopped.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopped.Token))
            {
                await WriteAsync();
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task WriteAsync()
    {
        long now = UnixTime.Now(time);
        long minute = BatchLedger.MinuteOf(now);
        var notes = new List<(OtlpSignal Signal, LedgerNote Note)>();
        foreach ((Refusal refusal, long count) in refusals.Drain())
        {
            // A request to an address that is none of OTLP's is of no signal: it is on /metrics, but in nobody's books.
            if (refusal.Signal is { } signal)
            {
                notes.Add((signal, new(minute, LedgerOutcome.Refused, NameOf(refusal.Error), refusal.Sender, count, 0, 0)));
            }
        }

        foreach (((OtlpSignal signal, string sender), (long requests, long records, long bytes)) in resent.Drain())
        {
            notes.Add((signal, new(minute, LedgerOutcome.Resent, "", sender, requests, records, bytes)));
        }

        foreach (IGrouping<OtlpSignal, LedgerNote> ofSignal in notes.GroupBy(static note => note.Signal, static note => note.Note))
        {
            AppendOutcome outcome = await journalOf(ofSignal.Key).AppendAsync(
                new(FrameKind.LedgerNotes, LedgerNoteFormat.Write(ofSignal), "", default, now, isRecognisable: false));
            if (outcome.Failure is not null)
            {
                Return(ofSignal.Key, ofSignal);
            }
        }
    }

    /// <summary>The journal did not take them: they are counted with the next.</summary>
    private void Return(OtlpSignal signal, IEnumerable<LedgerNote> notes)
    {
        foreach (LedgerNote note in notes)
        {
            if (note.Outcome == LedgerOutcome.Resent)
            {
                resent.Add(signal, note.Sender, note.Requests, note.Records, note.Bytes);
            }
            else
            {
                refusals.Add(signal, note.Sender, ErrorOf(note.Reason), note.Requests);
            }
        }
    }

    /// <summary>The name of an error in the ledger, such as <c>journal_full</c>; what is stored under a name keeps it.</summary>
    internal static string NameOf(IngestError error)
    {
        var name = new StringBuilder();
        foreach (char c in error.ToString())
        {
            if (char.IsAsciiLetterUpper(c) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToLowerInvariant(c));
        }

        return name.ToString();
    }

    private static IngestError ErrorOf(string name) => Enum.GetValues<IngestError>().First(error => NameOf(error) == name);
}
