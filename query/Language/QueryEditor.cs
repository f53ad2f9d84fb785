namespace Observe.Query.Language;

/// <summary>Changes a query's text as a click in a list of records asks: pure functions from text to text.</summary>
public static class QueryEditor
{
    /// <summary>The query, and the field has the value. The same filter is not added twice; its opposite is removed.</summary>
    /// <param name="query">Stays as it is written, apart from the change.</param>
    /// <param name="field">As <see cref="Fields.FieldInfo.Name"/> has it; taken literally.</param>
    /// <param name="value">A string, bool or number.</param>
    /// <param name="place">Where the field is; <see cref="FieldPlace.Any"/> for columns too.</param>
    /// <exception cref="QuerySyntaxException">The query is not understood, so nothing can be added to it.</exception>
    public static string Include(string query, string field, object value, FieldPlace place = FieldPlace.Any) =>
        Add(query, field, value, place, ComparisonOperator.Equal);

    /// <summary>The query, and the field does not have the value.</summary>
    /// <inheritdoc cref="Include"/>
    public static string Exclude(string query, string field, object value, FieldPlace place = FieldPlace.Any) =>
        Add(query, field, value, place, ComparisonOperator.NotEqual);

    private static string Add(string query, string field, object value, FieldPlace place, ComparisonOperator comparison)
    {
        string text = QuerySyntax.LiteralValue(ValueText.Of(value));
        var name = new FieldName(place, field, default);
        string added = QuerySyntax.Field(name) + comparison.Symbol() + text;

        ParsedQuery parsed = QueryParser.Parse(query);
        var kept = new List<string>();
        foreach (FilterNode condition in Conditions(parsed.Filter))
        {
            ComparisonOperator? present = Compares(condition, name, ValueText.Of(value));
            if (present == comparison)
            {
                return query;
            }

            if (present is null)
            {
                kept.Add(Source(query, condition));
            }
        }

        kept.Add(added);
        string filter = string.Join(' ', kept);
        return SignalWords.Begin(parsed.Signal, filter) + Stages(query, parsed);
    }

    private static string Stages(string query, ParsedQuery parsed) =>
        parsed.Stages.Count == 0 ? "" : " | " + query[parsed.Stages[0].Span.Start..parsed.Stages[^1].Span.End];

    private static IReadOnlyList<FilterNode> Conditions(FilterNode? filter) => filter switch
    {
        null or AllNode => [],
        AndNode and => and.Operands,
        _ => [filter],
    };

    /// <summary>= or != when the condition compares this field with this value.</summary>
    private static ComparisonOperator? Compares(FilterNode condition, FieldName name, string value) =>
        condition is ComparisonNode { Operator: ComparisonOperator.Equal or ComparisonOperator.NotEqual } found
        && found.Field.Place == name.Place && found.Field.Name == name.Name && !found.Value.HasWildcard && found.Value.Text == value
            ? found.Operator
            : null;

    private static string Source(string query, FilterNode condition)
    {
        string source = query.Substring(condition.Span.Start, condition.Span.Length);
        return condition is OrNode && !IsEnclosed(source) ? $"({source})" : source;
    }

    /// <summary>Whether the first parenthesis closes at the end; (a) or (b) is not enclosed.</summary>
    private static bool IsEnclosed(string source)
    {
        try
        {
            return source.StartsWith('(') && source.EndsWith(')') && QueryParser.Parse(source[1..^1]).Filter is not null;
        }
        catch (QuerySyntaxException)
        {
            return false;
        }
    }
}
