using System.Text;
using System.Text.Json;
using Observe.Storage.Results;

namespace Observe.Query.Fields;

/// <summary>Counts, for one field, the records that have it, its types and its values.</summary>
internal sealed class FieldTally
{
    private readonly HashSet<object> _values = [];

    public long Records { get; private set; }

    public long Distinct => _values.Count;

    /// <summary>Words for the types, as <see cref="FieldInfo.Types"/>.</summary>
    public SortedSet<string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Unix nanoseconds of the latest record that has it.</summary>
    public long LastSeen { get; private set; } = long.MinValue;

    /// <param name="value">As a result block has it.</param>
    /// <param name="records">How many records have this very value.</param>
    /// <param name="lastSeen">The time of the latest of them.</param>
    public void Add(object? value, long records, long lastSeen)
    {
        Types.Add(AttributeTypeNames.Word(value));
        foreach (object? element in value is object?[] elements ? elements : [value])
        {
            _values.Add(element switch
            {
                null => DBNull.Value,
                string or bool or long or ulong or double => element,
                _ => Text(element),
            });
        }

        Note(records, lastSeen);
    }

    /// <summary>Counts a record whose value is known by its hash alone.</summary>
    public void AddHash(ulong hash, long time)
    {
        _values.Add(hash);
        Note(1, time);
    }

    private void Note(long records, long lastSeen)
    {
        Records += records;
        LastSeen = Math.Max(LastSeen, lastSeen);
    }

    private static string Text(object value)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            JsonValue.Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
