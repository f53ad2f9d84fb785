using System.Globalization;
using Observe.Query.Language;

namespace Observe.Query.Compilation.Targets;

/// <summary>The severity of a log record: compared by rank, by its number or, where only a text was sent, by what that text names.</summary>
public sealed class SeverityColumn : FieldTarget
{
    private const int Lowest = 1;
    private const int Highest = 24;

    private readonly TextColumn _text = new("SeverityText");

    public override IReadOnlyList<string> Names { get; } = [.. Severity.Classes.Reverse()];

    public override string Equal(ParameterBag parameters, FieldName field, QueryValue value)
    {
        if (value.HasWildcard)
        {
            return $"lower(SeverityText) LIKE {parameters.Add(TextPattern.Like(value.Text.ToLowerInvariant()))}";
        }

        if (value.Text.Equals("unset", StringComparison.OrdinalIgnoreCase))
        {
            return $"NOT {Exists(parameters)}";
        }

        (int first, int last) = Range(field, value);
        return Between(parameters, first, last);
    }

    public override string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value)
    {
        (int first, int last) = Range(field, value);
        return comparison switch
        {
            ComparisonOperator.Less => Between(parameters, Lowest, first - 1),
            ComparisonOperator.LessOrEqual => Between(parameters, Lowest, last),
            ComparisonOperator.Greater => Between(parameters, last + 1, Highest),
            _ => Between(parameters, first, Highest),
        };
    }

    public override string Matches(ParameterBag parameters, QueryValue regex) => _text.Matches(parameters, regex);

    public override string Contains(ParameterBag parameters, string text, bool isPrefix) => _text.Contains(parameters, text, isPrefix);

    public override string Exists(ParameterBag parameters) => "(SeverityNumber != 0 OR SeverityText != '')";

    /// <summary>The class's name; the text that was sent where it names none.</summary>
    public override string AsText(ParameterBag parameters) =>
        $"if({Class(parameters)} != 0, transform({Class(parameters)}, range(1, {Severity.Classes.Count + 1}), {parameters.Add(Severity.Classes)}, ''), nullIf(toString(SeverityText), ''))";

    public override string Rank(ParameterBag parameters, string value) => $"nullIf(indexOf({parameters.Add(Severity.Classes)}, ifNull({value}, '')), 0)";

    /// <summary>A severity's place in <see cref="Severity.Classes"/>, from 1; 0 for none.</summary>
    public static string Class(ParameterBag parameters)
    {
        string number = "toUInt8(least(intDiv(SeverityNumber + 3, 4), 6))";
        IEnumerable<string> texts = Enumerable.Range(0, Severity.Classes.Count)
            .Select(i => $"has({parameters.Add(Severity.NamesBetween((4 * i) + 1, (4 * i) + 4))}, lower(SeverityText)), toUInt8({i + 1})");
        return $"if(SeverityNumber != 0, {number}, multiIf({string.Join(", ", texts)}, toUInt8(0)))";
    }

    private static string Between(ParameterBag parameters, int first, int last) => string.Create(
        CultureInfo.InvariantCulture,
        $"((SeverityNumber >= {first} AND SeverityNumber <= {last}) OR (SeverityNumber = 0 AND has({parameters.Add(Severity.NamesBetween(first, last))}, lower(SeverityText))))");

    private static (int First, int Last) Range(FieldName field, QueryValue value)
    {
        if (Severity.TryRange(value.Text, out (int, int) range))
        {
            return range;
        }

        return ValueText.TryInteger(value.Text, out long number) && number is >= 0 and <= Highest
            ? ((int)number, (int)number)
            : throw new QuerySyntaxException(
                $"{field.Name} is one of {string.Join(", ", Severity.Classes)}, or a number from 0 to {Highest}; for the text that was sent use severity_text.",
                value.Span);
    }
}
