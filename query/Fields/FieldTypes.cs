using System.Collections.Concurrent;
using Observe.Storage.Batches;

namespace Observe.Query.Fields;

/// <summary>Where the fields that a question names occur and with which types: what lets it ask only those.</summary>
/// <remarks>
/// Complete for the records that were stored when it was made: ingest writes what it finds of fields before the records that have them. Records that are
/// stored later may have further types, so it is for one question.
/// </remarks>
public sealed class FieldTypes
{
    private readonly HashSet<string> _asked;
    private readonly IReadOnlyDictionary<(FieldSource, string), AttributeTypes> _types;
    private readonly IReadOnlySet<(FieldSource, string)> _inRange;
    private readonly ConcurrentDictionary<string, bool> _textsAsNumbers = new(StringComparer.Ordinal);

    /// <param name="asked">The names that were looked for.</param>
    /// <param name="types">What was found, on whatever day.</param>
    /// <param name="inRange">Which of it on a day of the question's range.</param>
    internal FieldTypes(
        IEnumerable<string> asked, IReadOnlyDictionary<(FieldSource, string), AttributeTypes> types, IReadOnlySet<(FieldSource, string)> inRange)
    {
        _asked = [.. asked];
        _types = types;
        _inRange = inRange;
    }

    /// <summary>Nothing is known: every field may be anywhere, with every type.</summary>
    public static FieldTypes Unknown { get; } = new([], new Dictionary<(FieldSource, string), AttributeTypes>(), new HashSet<(FieldSource, string)>());

    /// <summary>Fields of text alone of which a question wanted numbers, as the queries compiled with this object found out.</summary>
    public IReadOnlyList<string> TextsAsNumbers => [.. _textsAsNumbers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The types of a field's values: <see cref="AttributeTypes.All"/> when nothing is known of the name, none when it does not occur there.</summary>
    public AttributeTypes Of(FieldSource source, string name) =>
        _asked.Contains(name) ? _types.GetValueOrDefault((source, name)) : AttributeTypes.All;

    /// <summary>Whether a name is known to occur there on a day of the question's range; true for names of which nothing is known.</summary>
    public bool IsInRange(FieldSource source, string name) => !_asked.Contains(name) || _inRange.Contains((source, name));

    internal void NoteTextAsNumber(string name) => _textsAsNumbers.TryAdd(name, true);
}
