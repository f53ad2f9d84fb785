using Observe.Ingest.Journal.Files;

namespace Observe.Fuzz.Targets;

/// <summary>Directories in memory, with a handful of files.</summary>
internal sealed class MemoryFiles : IJournalFiles
{
    private readonly SortedDictionary<string, MemoryFile> _files = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, MemoryFile>> All => _files;

    public void Put(string path, MemoryFile file) => _files[path] = file;

    public void Clear() => _files.Clear();

    public void CreateDirectory(string directory)
    {
    }

    public IReadOnlyList<string> List(string directory, string suffix) =>
        [.. _files.Keys.Where(path => path.EndsWith(suffix, StringComparison.Ordinal) && Path.GetDirectoryName(path.AsSpan()).SequenceEqual(directory))];

    public bool Exists(string path) => _files.ContainsKey(path);

    public IJournalFile OpenExclusive(string path) => Open(path);

    public IJournalFile Open(string path)
    {
        if (!_files.TryGetValue(path, out MemoryFile? file))
        {
            _files.Add(path, file = new MemoryFile());
        }

        return file.Open();
    }

    public void Delete(string path) => _files.Remove(path);

    public void SyncDirectory(string directory)
    {
    }
}
