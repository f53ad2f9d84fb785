using System.Globalization;
using Observe.Ingest.Journal.Files;

namespace Observe.Ingest.Journal;

/// <summary>Where bytes go that were acknowledged and cannot be stored: one file each, named by the journal, the position and the reason.</summary>
/// <remarks>
/// <code>
/// quarantine/6f1d3a526d0e4f0b9a401c6d2f7f5b11-00000000000000012345.refused.otlp    a whole request; can be sent again as it is
/// quarantine/6f1d3a526d0e4f0b9a401c6d2f7f5b11-00000000000000067890.damaged.bin     bytes of the journal as they were found
/// </code>
/// Nothing here is ever deleted by Observe. The same journal, position and reason is the same file: a replay after a crash writes it once more.
/// After a backup was restored, files of two journals may lie here; those of the other say nothing of this one's positions.
/// </remarks>
internal sealed class Quarantine(IJournalFiles files, string directory, Guid journalId)
{
    public const string DirectoryName = "quarantine";

    private const string RequestSuffix = ".otlp";

    private readonly string _directory = Path.Combine(directory, DirectoryName);
    private readonly string _prefix = $"{journalId:N}-";

    /// <summary>Keeps a whole request.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">It could not be kept; the request must stay in the journal.</exception>
    public string SaveRequest(long position, string reason, ReadOnlySpan<byte> body) => Save($"{position:D20}.{reason}{RequestSuffix}", body);

    /// <summary>Keeps bytes that are no whole frame.</summary>
    /// <inheritdoc cref="SaveRequest"/>
    public string SaveBytes(long position, string reason, ReadOnlySpan<byte> bytes) => Save($"{position:D20}.{reason}.bin", bytes);

    /// <summary>Keeps a piece of a file that is not read, under the file's own name: it may be no position.</summary>
    /// <param name="name">The file's name without its suffix.</param>
    /// <param name="offset">Of the piece in the file.</param>
    /// <inheritdoc cref="SaveRequest"/>
    public string SaveSegment(string name, long offset, ReadOnlySpan<byte> bytes) =>
        Save(offset == 0 ? $"{name}.segment.bin" : string.Create(CultureInfo.InvariantCulture, $"{name}+{offset}.segment.bin"), bytes);

    /// <summary>The positions of the requests that are kept here: what is sent again from here must not be taken for known.</summary>
    public IReadOnlySet<long> Positions()
    {
        var positions = new HashSet<long>();
        foreach (string path in files.List(_directory, ""))
        {
            if (TryParse(path, out long position, out _))
            {
                positions.Add(position);
            }
        }

        return positions;
    }

    /// <summary>The whole requests that are kept here, with the reason.</summary>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    public IReadOnlyList<(long Position, string Reason)> Requests()
    {
        var requests = new List<(long, string)>();
        foreach (string path in files.List(_directory, RequestSuffix))
        {
            if (TryParse(path, out long position, out string reason))
            {
                requests.Add((position, reason));
            }
        }

        return requests;
    }

    /// <summary>What the name of a file of this journal says. Versions before wrote names without the journal: those are taken for this one's.</summary>
    private bool TryParse(string path, out long position, out string reason)
    {
        string[] parts = Path.GetFileName(path).Split('.');
        string name = parts[0];
        reason = parts.Length == 3 ? parts[1] : "";
        return long.TryParse(
            name.StartsWith(_prefix, StringComparison.Ordinal) ? name.AsSpan(_prefix.Length) : name, NumberStyles.None, CultureInfo.InvariantCulture, out position)
            && reason.Length > 0;
    }

    private string Save(string name, ReadOnlySpan<byte> bytes)
    {
        files.CreateDirectory(_directory);
        string path = Path.Combine(_directory, _prefix + name);
        using (IJournalFile file = files.Open(path))
        {
            file.SetLength(0);
            file.Write([bytes.ToArray()], 0);
            file.Sync();
        }

        files.SyncDirectory(_directory);
        return path;
    }
}
