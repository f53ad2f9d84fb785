using System.Text;

namespace Observe.Ingest.Journal;

/// <summary>How far a table has come that the engine did not take in one piece, so that it is stored in parts, each with a token of its own.</summary>
/// <remarks>
/// <code>
///   intent begins           done up to      part end                  intent ends
///  ───────┼──────────────────────┼──────────────┼──────────────────────────┼───
///         │ stored in parts, or  │ being        │ refused so far as part   │
///         │ set aside            │ inserted     │ of something larger      │
/// </code>
/// The table's rows of the whole range must never be inserted with the range's own token any more: the engine may take today what it did not
/// take yesterday. The tables before it are stored.
/// <para>
/// Of a range of several days, some may have been stored before one was refused. So day after day is stored so: its first part is the whole range,
/// with the range's own token, by which the engine knows whether it has the day. The days before <paramref name="Day"/> are done; of those
/// behind it, what the engine has it has by the range's token.
/// </para>
/// </remarks>
/// <param name="Table">Which table, see <see cref="KeyOf"/>.</param>
/// <param name="DoneUpTo">The table has everything of the range that is before this position.</param>
/// <param name="PartEnd">Where the part ends that begins there and may have been inserted; the same position when there is none.</param>
/// <param name="Day">The only day that the positions are about, as days since 1970-01-01 (UTC); null when they are about all days.</param>
internal readonly record struct TableIsolation(uint Table, long DoneUpTo, long PartEnd, ushort? Day = null)
{
    /// <summary>What stands for a table on disk.</summary>
    public static uint KeyOf(string table) => Crc32C.Compute(Encoding.UTF8.GetBytes(table));
}
