using Observe.Query.Compilation;
using Observe.Query.Time;
using Observe.Storage.Batches;

namespace Observe.Query.Fields;

/// <summary>What the catalogue says of one name: where it occurs, with which types, on which days.</summary>
/// <param name="Notes">None for a name that does not occur.</param>
internal sealed record KnownField(IReadOnlyList<KnownField.Note> Notes)
{
    /// <param name="Source">Where.</param>
    /// <param name="Type">One of the types that it has there.</param>
    /// <param name="Day">Since 1970-01-01 (UTC).</param>
    internal readonly record struct Note(FieldSource Source, AttributeTypes Type, ushort Day);

    /// <summary>The places and types, whatever the day.</summary>
    public IEnumerable<(FieldSource Source, AttributeTypes Types)> Places() =>
        Notes.GroupBy(note => note.Source).Select(notes => (notes.Key, notes.Aggregate(AttributeTypes.None, (types, note) => types | note.Type)));

    /// <summary>Where it occurs on a day that the range touches.</summary>
    public IEnumerable<FieldSource> In(TimeRange range)
    {
        DayRange days = DayRange.Of(range);
        return Notes.Where(note => note.Day >= days.First && note.Day <= days.Last).Select(note => note.Source).Distinct();
    }
}
