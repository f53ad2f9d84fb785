using System.Text;
using Observe.Ingest.Journal;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Decoding;
using Observe.Tests.Hosting;

namespace Observe.Tests.Ingest.Journal;

/// <summary>A directory in which a test opens one signal's journal, again and again.</summary>
internal sealed class JournalFixture : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private SignalJournal? _open;

    public JournalOptions Options { get; } = new() { SegmentBytes = 64 << 10 };

    public FaultyFiles Files { get; } = new();

    public FakeClock Clock { get; } = new();

    public LogLines Log { get; private set; } = new();

    public JournalSpace Space { get; private set; } = new(1 << 30);

    public string Directory => Path.Combine(_directory.FullName, "logs");

    public string Quarantine => Path.Combine(Directory, "quarantine");

    /// <summary>Files of the journal by their suffix, oldest first.</summary>
    public string[] FilesOf(string suffix) => [.. System.IO.Directory.GetFiles(Directory, "*" + suffix).Order(StringComparer.Ordinal)];

    public byte[][] Quarantined() => System.IO.Directory.Exists(Quarantine)
        ? [.. System.IO.Directory.GetFiles(Quarantine).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]
        : [];

    /// <summary>Opens the journal as a new process does. What was open is closed.</summary>
    public SignalJournal Open(OtlpSignal signal = OtlpSignal.Logs, long maxBytes = 1 << 30)
    {
        Close();
        Log = new();
        Space = new(maxBytes);
        return _open = SignalJournal.Open(signal, Directory, Options, Space, Files, Clock, Log);
    }

    public void Close()
    {
        _open?.Dispose();
        _open = null;
    }

    public JournalRequest Request(string body, string sender = "sender", bool isRecognisable = true)
    {
        var tally = default(RecordTally);
        tally.Add(RejectReason.None, 1);
        return new(FrameKind.Request, Encoding.UTF8.GetBytes(body), sender, tally, UnixTime.Now(Clock), isRecognisable);
    }

    public Task<AppendOutcome> AppendAsync(string body, bool isRecognisable = true) =>
        _open!.AppendAsync(Request(body, isRecognisable: isRecognisable)).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <summary>Appends requests, each of which must be taken.</summary>
    public async Task StoreAsync(params string[] bodies)
    {
        foreach (string body in bodies)
        {
            Assert.Equal(AppendOutcome.Appended, await AppendAsync(body));
        }
    }

    /// <summary>A reader of the open journal.</summary>
    public JournalCursor Read(long position) => _open!.Read(position);

    /// <summary>The bodies of the whole requests that wait, in order.</summary>
    public IReadOnlyList<string> ReadAll() => ReadFrom(_open!.Committed);

    /// <summary>The bodies of the whole requests from a position on, in order.</summary>
    public IReadOnlyList<string> ReadFrom(long position)
    {
        JournalCursor cursor = _open!.Read(position);
        var bodies = new List<string>();
        while (cursor.Read() is { } item)
        {
            if (item.IsWhole)
            {
                bodies.Add(Encoding.UTF8.GetString(cursor.Body(item.Header!.Value)));
            }
        }

        return bodies;
    }

    /// <summary>Reads to the end; the position there.</summary>
    public long End()
    {
        JournalCursor cursor = _open!.Read(_open.Committed);
        while (cursor.Read() is not null)
        {
        }

        return cursor.Position;
    }

    public void Dispose()
    {
        Files.Mend();
        Close();
        _directory.Dispose();
    }
}
