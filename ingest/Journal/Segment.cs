using System.Globalization;
using Observe.Ingest.Journal.Files;

namespace Observe.Ingest.Journal;

/// <summary>One file of the journal.</summary>
/// <param name="path">Its name is the position of its first byte.</param>
/// <param name="file">Owned by the segment.</param>
/// <param name="position">Of the file's first byte in the journal.</param>
/// <param name="end">Where the frames end that may be read.</param>
internal sealed class Segment(string path, IJournalFile file, long position, long end) : IDisposable
{
    public const string Suffix = ".journal";

    private const int PositionDigits = 20;

    private long _end = end;

    public string Path => path;

    public IJournalFile File => file;

    public long Position => position;

    /// <summary>Where the first frame begins.</summary>
    public long Start => position + SegmentHeader.Length;

    /// <summary>Where the frames end that may be read: those that were acknowledged. Written by one thread, read by others.</summary>
    public long End
    {
        get => Volatile.Read(ref _end);
        set => Volatile.Write(ref _end, value);
    }

    /// <summary>Bytes on disk.</summary>
    public long Length => End - position;

    public static string PathOf(string directory, long position) => System.IO.Path.Combine(directory, position.ToString($"D{PositionDigits}", CultureInfo.InvariantCulture) + Suffix);

    /// <summary>The position that a file's name says.</summary>
    /// <returns>False when it is no name of a segment.</returns>
    public static bool TryPositionOf(string path, out long position)
    {
        ReadOnlySpan<char> name = System.IO.Path.GetFileNameWithoutExtension(path.AsSpan());
        return long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out position) && name.Length == PositionDigits;
    }

    public void Dispose() => file.Dispose();
}
