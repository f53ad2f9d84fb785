using Observe.Query.Correlation;
using Observe.Query.Language;

namespace Observe.Query.Compilation;

/// <summary><c>id:VALUE</c>: three places, each with a bloom filter or few enough rows, in every spelling of the id.</summary>
internal static class CorrelationCondition
{
    /// <exception cref="QuerySyntaxException">The value cannot be an id.</exception>
    public static string Compile(ParameterBag parameters, string value, TextSpan span)
    {
        IdSpellings spellings;
        try
        {
            spellings = IdSpellings.Parse(value);
        }
        catch (FormatException e)
        {
            throw new QuerySyntaxException(e.Message, span);
        }

        return Any([CarriesText(parameters, spellings), .. Is(parameters, "TraceId", spellings.TraceIds), .. Is(parameters, "SpanId", spellings.SpanIds)]);
    }

    /// <summary>The id is one of the record's correlation ids.</summary>
    public static string CarriesText(ParameterBag parameters, IdSpellings spellings) =>
        $"hasAny(CorrelationIds, {parameters.Add(spellings.Texts)})";

    /// <summary>A column of bytes has one of these values; nothing where there are none.</summary>
    /// <param name="parameters">Takes the values.</param>
    /// <param name="column">Of 16 or 8 bytes.</param>
    /// <param name="hexIds">Of the column's length.</param>
    public static IEnumerable<string> Is(ParameterBag parameters, string column, IReadOnlyList<string> hexIds) =>
        hexIds.Count == 0 ? [] : [$"{column} IN ({string.Join(", ", hexIds.Select(id => $"unhex({parameters.Add(id)})"))})"];

    public static string Any(IReadOnlyList<string> conditions) => conditions.Count == 1 ? conditions[0] : $"({string.Join(" OR ", conditions)})";
}
