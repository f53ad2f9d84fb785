using System.Buffers.Binary;
using Observe.Ingest.Journal.Files;

namespace Observe.Ingest.Journal;

/// <summary>Keeps what the <see cref="ResendWindow"/> knows of a segment that is deleted, so that a restart does not forget it.</summary>
/// <remarks>
/// <code>
/// 0  8  "OBSERVED"
/// 8  4  number of entries
/// 12 4  CRC-32C of all entries
/// 16    entries: digest (16), received at (8), position (8)
/// </code>
/// A file that cannot be read costs the recognition of requests that are sent again, and no record; so it is passed over.
/// </remarks>
internal static class RememberedRequests
{
    public const string Suffix = ".seen";

    private const int HeaderLength = 16;
    private const int EntryLength = 32;

    private static ReadOnlySpan<byte> Magic => "OBSERVED"u8;

    public static void Write(IJournalFiles files, string path, IReadOnlyCollection<KnownRequest> requests)
    {
        var bytes = new byte[HeaderLength + (requests.Count * EntryLength)];
        Magic.CopyTo(bytes);
        Span<byte> entry = bytes.AsSpan(HeaderLength);
        foreach (KnownRequest request in requests)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(entry, request.Digest);
            BinaryPrimitives.WriteInt64LittleEndian(entry[16..], request.ReceivedAt);
            BinaryPrimitives.WriteInt64LittleEndian(entry[24..], request.Position);
            entry = entry[EntryLength..];
        }

        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), requests.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), Crc32C.Compute(bytes.AsSpan(HeaderLength)));
        using IJournalFile file = files.Open(path);
        file.SetLength(0);
        file.Write([bytes], 0);
    }

    /// <summary>What a file holds; nothing when it is damaged.</summary>
    public static IReadOnlyList<KnownRequest> Read(IJournalFiles files, string path)
    {
        using IJournalFile file = files.Open(path);
        var bytes = new byte[file.Length];
        int length = file.Read(bytes, 0);
        if (length < HeaderLength || !bytes.AsSpan().StartsWith(Magic))
        {
            return [];
        }

        int count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8));
        ReadOnlySpan<byte> entries = bytes.AsSpan(HeaderLength, length - HeaderLength);
        if (entries.Length != (long)count * EntryLength || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(12)) != Crc32C.Compute(entries))
        {
            return [];
        }

        var requests = new List<KnownRequest>(count);
        for (; !entries.IsEmpty; entries = entries[EntryLength..])
        {
            requests.Add(new(
                BinaryPrimitives.ReadUInt128LittleEndian(entries),
                BinaryPrimitives.ReadInt64LittleEndian(entries[16..]),
                BinaryPrimitives.ReadInt64LittleEndian(entries[24..])));
        }

        return requests;
    }
}
