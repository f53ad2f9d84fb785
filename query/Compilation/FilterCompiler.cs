using Observe.Query.Language;
using Observe.Query.Time;

namespace Observe.Query.Compilation;

/// <summary>Turns a filter's tree into one SQL condition, which is 0 or 1 and never NULL.</summary>
/// <param name="fields">What names stand for.</param>
/// <param name="parameters">Takes the filter's values.</param>
/// <param name="range">The time in which records lie.</param>
/// <param name="asked">The time that the question is about, of which <paramref name="range"/> may be a part: spans above others are looked for in all of it.</param>
public sealed class FilterCompiler(FieldScope fields, ParameterBag parameters, TimeRange range, TimeRange asked)
{
    /// <summary>A condition that all records for which the answer matters meet besides, if there is one.</summary>
    private string? _given;

    private readonly List<FieldName> _fields = [];
    private readonly List<QueryValue> _regexes = [];

    /// <summary>The fields that the compiled filters name.</summary>
    public IReadOnlyList<FieldName> Fields => _fields;

    /// <summary>The regular expressions that the compiled filters hold; the engine alone knows whether they are right.</summary>
    public IReadOnlyList<QueryValue> Regexes => _regexes;

    /// <summary>Whether a compiled filter walks through spans: the engine takes two mentions of such a condition for different ones.</summary>
    public bool HasWalk { get; private set; }

    /// <exception cref="QuerySyntaxException">A value does not fit its field.</exception>
    public string Compile(FilterNode node) => node switch
    {
        AndNode and => $"({string.Join(" AND ", and.Operands.Select(Compile))})",
        OrNode or => $"({string.Join(" OR ", or.Operands.Select(Compile))})",
        NotNode not => $"NOT ({Compile(not.Operand)})",
        AllNode => "true",
        TextNode text => fields.Text(text.Span).Contains(parameters, text.Text, text.IsPrefix),
        ComparisonNode comparison => Comparison(comparison),
        InNode list => In(list),
        ExistsNode exists => Resolve(exists.Field).Exists(parameters),
        ContainsNode contains => Resolve(contains.Field).Contains(parameters, contains.Text, contains.IsPrefix),
        IdNode id => fields.CarriesId(parameters, id.Value, id.Span),
        BelowNode below => Below(below),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "Not a node of a filter."),
    };

    private string Below(BelowNode node)
    {
        string descendant = Compile(node.Descendant);
        string below = $"{SearchCompiler.TimeCondition(parameters, range)} AND {descendant}{(_given is null ? "" : $" AND {_given}")}";
        TimeRange timeAbove = BelowCondition.TimeAbove(asked);
        string candidates = $"TraceId IN (SELECT TraceId FROM spans WHERE {below})";
        var above = new FilterCompiler(fields.Spans(node.Span), parameters, timeAbove, asked) { _given = candidates };
        string ancestor = above.Compile(node.Ancestor);
        _fields.AddRange(above.Fields);
        _regexes.AddRange(above.Regexes);
        HasWalk |= !node.IsDirect || above.HasWalk;
        candidates = $"{SearchCompiler.TimeCondition(parameters, timeAbove)} AND {candidates}";
        return $"({descendant} AND {BelowCondition.Compile(parameters, below, candidates, ancestor, node.IsDirect)})";
    }

    private string Comparison(ComparisonNode node)
    {
        Targets.FieldTarget target = Resolve(node.Field);
        switch (node.Operator)
        {
            case ComparisonOperator.Equal:
                return target.Equal(parameters, node.Field, node.Value);
            case ComparisonOperator.NotEqual:
                return $"NOT ({target.Equal(parameters, node.Field, node.Value)})";
            case ComparisonOperator.Matches:
                _regexes.Add(node.Value);
                return target.Matches(parameters, node.Value);
            case ComparisonOperator.NotMatches:
                _regexes.Add(node.Value);
                return $"NOT ({target.Matches(parameters, node.Value)})";
            default:
                return target.Order(parameters, node.Field, node.Operator, node.Value);
        }
    }

    private string In(InNode node)
    {
        Targets.FieldTarget target = Resolve(node.Field);
        return target.In(parameters, node.Field, [.. node.Values.DistinctBy(value => (value.Text, value.IsQuoted))]);
    }

    private Targets.FieldTarget Resolve(FieldName field)
    {
        _fields.Add(field);
        return fields.Resolve(field);
    }
}
