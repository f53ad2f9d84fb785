using Observe.Ingest.Journal.Files;

namespace Observe.Ingest.Journal;

/// <summary>Keeps the checkpoint on disk, in two places that are written in turn: a write that is torn leaves the other.</summary>
internal sealed class CheckpointFile : IDisposable
{
    private const string Name = "checkpoint";

    /// <summary>Apart, so that no sector holds both.</summary>
    private const int PlaceLength = 4096;

    private readonly IJournalFile _file;
    private readonly bool _isSynced;
    private readonly byte[] _bytes = new byte[Checkpoint.Length];
    private readonly ReadOnlyMemory<byte>[] _parts;

    private CheckpointFile(IJournalFile file, bool isSynced)
    {
        _file = file;
        _isSynced = isSynced;
        _parts = [_bytes];
    }

    /// <summary>The newest state that is whole; null when the file is new or damaged.</summary>
    public Checkpoint? Current { get; private set; }

    /// <param name="isSynced">Whether each write waits for the disk.</param>
    public static CheckpointFile Open(IJournalFiles files, string directory, bool isSynced)
    {
        // Two processes with one journal would write over each other; the data directory has a lock of its own, the journal may lie elsewhere.
        IJournalFile file = files.OpenExclusive(Path.Combine(directory, Name));
        try
        {
            return new(file, isSynced) { Current = ReadNewest(file) };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Replaces the state. When the call fails, either state may be the one that is read at the next start.</summary>
    public void Write(Guid journalId, long committed, long? intentEnd, TableIsolation? isolation = null)
    {
        var next = new Checkpoint((Current?.Number ?? 0) + 1, journalId, committed, intentEnd, isolation);
        next.Write(_bytes);
        _file.Write(_parts, next.Number % 2 * PlaceLength);
        if (_isSynced)
        {
            _file.Sync();
        }

        Current = next;
    }

    public void Dispose() => _file.Dispose();

    private static Checkpoint? ReadNewest(IJournalFile file)
    {
        Checkpoint? newest = null;
        var bytes = new byte[Checkpoint.Length];
        for (int place = 0; place < 2; place++)
        {
            int read = file.Read(bytes, place * PlaceLength);
            if (Checkpoint.TryRead(bytes.AsSpan(0, read)) is { } state && (newest is null || state.Number > newest.Value.Number))
            {
                newest = state;
            }
        }

        return newest;
    }
}
