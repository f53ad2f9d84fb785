using System.Globalization;
using Observe.Storage.Results;

namespace Observe.Query.Fields;

/// <summary>Adds up what a <see cref="ValuesStatement"/> returns.</summary>
internal sealed class ValueTally
{
    private readonly Dictionary<(string Type, string Text), FieldValue> _values = [];
    private readonly Dictionary<long, (long Read, long Distinct)> _sources = [];

    /// <summary>How many records were looked at.</summary>
    public long AllRecords { get; private set; }

    /// <summary>How many of them have the field.</summary>
    public long Records { get; private set; }

    /// <summary>
    /// How many values there are. Where there are more than were read, a value that stands by itself in one record and in an array in another counts twice.
    /// </summary>
    public long Distinct => _sources.Values.All(source => source.Read == source.Distinct) ? _values.Count : _sources.Values.Sum(source => source.Distinct);

    public void Add(ResultBlock block)
    {
        for (int row = 0; row < block.RowCount; row++)
        {
            string text = block["ValueText"].GetString(row);
            long records = (long)block["Records"].GetUInt64(row);
            long source = block["SourceNumber"].GetInt64(row);
            if (source == 0)
            {
                (AllRecords, Records) = (records, long.Parse(text, CultureInfo.InvariantCulture));
                continue;
            }

            (object? value, string type) = ValueReader.Read(block["TypeName"].GetString(row), text);
            _values[(type, text)] = new FieldValue(value, type, records + (_values.GetValueOrDefault((type, text))?.Records ?? 0));
            _sources[source] = (_sources.GetValueOrDefault(source).Read + 1, (long)block["DistinctValues"].GetUInt64(row));
        }
    }

    public IReadOnlyList<FieldValue> MostFrequent(int count) =>
        [.. _values.OrderByDescending(each => each.Value.Records).ThenBy(each => each.Key.Text, StringComparer.Ordinal)
            .ThenBy(each => each.Key.Type, StringComparer.Ordinal).Take(count).Select(each => each.Value)];
}
