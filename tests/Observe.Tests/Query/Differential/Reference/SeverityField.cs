using System.Globalization;
using Observe.Query.Language;
using Observe.Tests.Query.Differential.Data;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary>The severity of a log record: its number or, where only a text was sent, the number that the text names.</summary>
internal sealed record SeverityField : ReferenceField
{
    private static readonly string[] Classes = ["trace", "debug", "info", "warn", "error", "fatal"];

    private static readonly (string Class, string[] Synonyms)[] Synonyms =
    [
        ("trace", ["verbose"]), ("info", ["information", "informational", "notice"]), ("warn", ["warning"]), ("error", ["err"]),
        ("fatal", ["critical", "crit", "alert", "emergency", "emerg", "panic"]),
    ];

    public override bool Equal(TestRecord record, FieldName field, QueryValue value)
    {
        if (value.HasWildcard)
        {
            return Texts(record).Any(text => ReferenceText.Wildcard(text.ToLowerInvariant(), value.Text.ToLowerInvariant()));
        }

        (int first, int last) = Range(value.Text);
        return value.Text == "unset" ? !Exists(record) : Rank(record) is { } rank && rank >= first && rank <= last;
    }

    public override bool Order(TestRecord record, FieldName field, ComparisonOperator comparison, QueryValue value)
    {
        (int first, int last) = Range(value.Text);
        return comparison switch
        {
            ComparisonOperator.Less => Rank(record) < first,
            ComparisonOperator.LessOrEqual => Rank(record) <= last,
            ComparisonOperator.Greater => Rank(record) > last,
            _ => Rank(record) >= first,
        };
    }

    public override bool Exists(TestRecord record) => record.SeverityNumber != 0 || record.SeverityText.Length > 0;

    public override object? Value(TestRecord record) =>
        Rank(record) is { } rank ? Classes[(rank - 1) / 4] : record.SeverityText is { Length: > 0 } text ? text : null;

    protected override IEnumerable<string> Texts(TestRecord record) => [record.SeverityText];

    private static int? Rank(TestRecord record)
    {
        (int first, _) = Range(record.SeverityText);
        return record.SeverityNumber != 0 ? record.SeverityNumber : first == 0 ? null : first;
    }

    /// <summary>The numbers that a name covers: four for a class, one for <c>error2</c>; 0 for what is no name.</summary>
    private static (int First, int Last) Range(string name)
    {
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return (number, number);
        }

        name = name.ToLowerInvariant();
        name = Synonyms.FirstOrDefault(entry => entry.Synonyms.Contains(name)).Class ?? name;
        int digit = name.Length > 0 && name[^1] is '2' or '3' or '4' ? name[^1] - '0' : 0;
        int index = Array.IndexOf(Classes, digit > 0 ? name[..^1] : name);
        int start = (4 * index) + 1;
        return index < 0 ? (0, 0) : digit > 0 ? (start + digit - 1, start + digit - 1) : (start, start + 3);
    }
}
