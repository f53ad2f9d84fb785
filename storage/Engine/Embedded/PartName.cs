using System.Globalization;
using System.Text.RegularExpressions;

namespace Observe.Storage.Engine.Embedded;

/// <summary>A part of a table as the engine names it: <c>partition_firstBlock_lastBlock_level</c>, and a mutation's number after it.</summary>
internal readonly partial record struct PartName(string Partition, long First, long Last)
{
    /// <summary>Null for what is no part: parts that are being made or removed have a word before their name.</summary>
    public static PartName? TryParse(string name)
    {
        Match match = Pattern().Match(name);
        return match.Success
            ? new PartName(
                match.Groups[1].Value,
                long.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture),
                long.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>Whether this part holds the other one's blocks: it is that part, or was merged from it.</summary>
    public bool Covers(PartName other) => Partition == other.Partition && First <= other.First && Last >= other.Last;

    // A partition's name has no underscore: it is a date, a number, a hash or "all".
    [GeneratedRegex(@"^([0-9a-zA-Z-]+)_(\d{1,18})_(\d{1,18})_\d+(?:_\d+)?$")]
    private static partial Regex Pattern();
}
