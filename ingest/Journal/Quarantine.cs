using System.Globalization;
using Observe.Ingest.Journal.Files;

namespace Observe.Ingest.Journal;

/// <summary>Where bytes go that were acknowledged and cannot be stored: one file each, named by the position and the reason.</summary>
/// <remarks>
/// <code>
/// quarantine/00000000000000012345.refused.otlp       a whole request; can be sent again as it is
/// quarantine/00000000000000067890.damaged.bin        bytes of the journal as they were found
/// </code>
/// Nothing here is ever deleted by Observe. The same position and reason is the same file: a replay after a crash writes it once more.
/// </remarks>
internal sealed class Quarantine(IJournalFiles files, string directory)
{
    public const string DirectoryName = "quarantine";

    private const string RequestSuffix = ".otlp";

    private readonly string _directory = Path.Combine(directory, DirectoryName);

    /// <summary>Keeps a whole request.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">It could not be kept; the request must stay in the journal.</exception>
    public string SaveRequest(long position, string reason, ReadOnlySpan<byte> body) => Save($"{position:D20}.{reason}{RequestSuffix}", body);

    /// <summary>Keeps bytes that are no whole frame.</summary>
    /// <inheritdoc cref="SaveRequest"/>
    public string SaveBytes(long position, string reason, ReadOnlySpan<byte> bytes) => Save($"{position:D20}.{reason}.bin", bytes);

    /// <summary>The positions of the requests that are kept here: what is sent again from here must not be taken for known.</summary>
    public IReadOnlySet<long> Positions()
    {
        var positions = new HashSet<long>();
        foreach (string path in files.List(_directory, ""))
        {
            ReadOnlySpan<char> name = Path.GetFileName(path.AsSpan());
            int length = name.IndexOf('.');
            if (length > 0 && long.TryParse(name[..length], NumberStyles.None, CultureInfo.InvariantCulture, out long position))
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
            string[] parts = Path.GetFileName(path).Split('.');
            if (parts.Length == 3 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long position))
            {
                requests.Add((position, parts[1]));
            }
        }

        return requests;
    }

    private string Save(string name, ReadOnlySpan<byte> bytes)
    {
        files.CreateDirectory(_directory);
        string path = Path.Combine(_directory, name);
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
