using System.Collections.Concurrent;
using Observe.Ingest.Journal.Files;

namespace Observe.Tests.Ingest.Journal;

/// <summary>The disk, of which a test can fail or hold up any call, and which counts them.</summary>
internal sealed class FaultyFiles : IJournalFiles
{
    /// <summary>What .NET says when the disk is full.</summary>
    public const string NoSpace = "No space left on device";

    private readonly DiskFiles _disk = new();
    private readonly ConcurrentDictionary<(FileCall Call, string Suffix), int> _counts = new();
    private int _openCount;

    /// <summary>Asked before each call with the path; may throw or wait. A write that fails leaves the first half of its bytes.</summary>
    public Action<FileCall, string> Before { get; set; } = (_, _) => { };

    /// <summary>Files that were opened and not closed.</summary>
    public int OpenCount => Volatile.Read(ref _openCount);

    /// <summary>Calls that began.</summary>
    /// <param name="call">What was asked.</param>
    /// <param name="suffix">How the file's name ends, such as <c>.journal</c>; the whole name where it has no dot.</param>
    public int Count(FileCall call, string suffix) => _counts.GetValueOrDefault((call, suffix));

    /// <summary>Fails calls as a full disk does.</summary>
    public void FailOn(params (FileCall Call, string Suffix)[] calls) => Before = (call, path) =>
    {
        if (calls.Contains((call, SuffixOf(path))))
        {
            throw new IOException($"{NoSpace}: {call} of {path}");
        }
    };

    public void Mend() => Before = (_, _) => { };

    public void CreateDirectory(string directory) => _disk.CreateDirectory(directory);

    public IReadOnlyList<string> List(string directory, string suffix) => _disk.List(directory, suffix);

    public IJournalFile Open(string path) => Open(path, _disk.Open);

    public IJournalFile OpenExclusive(string path) => Open(path, _disk.OpenExclusive);

    public void Delete(string path)
    {
        Note(FileCall.Delete, path);
        _disk.Delete(path);
    }

    public void SyncDirectory(string directory)
    {
        Note(FileCall.SyncDirectory, directory);
        _disk.SyncDirectory(directory);
    }

    private FaultyFile Open(string path, Func<string, IJournalFile> open)
    {
        Note(FileCall.Open, path);
        IJournalFile file = open(path);
        Interlocked.Increment(ref _openCount);
        return new FaultyFile(this, path, file);
    }

    private void Note(FileCall call, string path)
    {
        _counts.AddOrUpdate((call, SuffixOf(path)), 1, static (_, count) => count + 1);
        Before(call, path);
    }

    private static string SuffixOf(string path) => Path.GetExtension(path) is { Length: > 0 } extension ? extension : Path.GetFileName(path);

    private sealed class FaultyFile(FaultyFiles files, string path, IJournalFile file) : IJournalFile
    {
        private int _isClosed;

        public long Length => file.Length;

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset)
        {
            try
            {
                files.Note(FileCall.Write, path);
            }
            catch (IOException)
            {
                byte[] bytes = [.. parts.SelectMany(static part => part.ToArray())];
                file.Write([bytes.AsMemory(0, bytes.Length / 2)], offset);
                throw;
            }

            file.Write(parts, offset);
        }

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public void SetLength(long length)
        {
            files.Note(FileCall.SetLength, path);
            file.SetLength(length);
        }

        public void Sync()
        {
            files.Note(FileCall.Sync, path);
            file.Sync();
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isClosed, 1) == 0)
            {
                Interlocked.Decrement(ref files._openCount);
                file.Dispose();
            }
        }
    }
}
