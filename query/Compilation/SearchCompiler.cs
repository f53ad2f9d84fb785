using Observe.Query.Language;
using Observe.Query.Time;

namespace Observe.Query.Compilation;

/// <summary>From the text of a filter to a condition with bound parameters, for questions that are about the records which it selects.</summary>
public sealed class SearchCompiler(TimeProvider time)
{
    /// <exception cref="QuerySyntaxException">The query is wrong.</exception>
    public CompiledSearch Compile(string query, TimeRange range)
    {
        ParsedQuery parsed = QueryParser.Parse(query);
        if (parsed.Stages.Count > 0)
        {
            throw new QuerySyntaxException(
                "Only a filter is taken here: remove the | and what follows it.", parsed.Stages[0].Span);
        }

        var parameters = new ParameterBag();
        string condition = TimeCondition(parameters, range);
        var compiler = new FilterCompiler(new FieldResolver(parsed.Signal, time), parameters, range);
        if (parsed.Filter is not null)
        {
            condition += $" AND {compiler.Compile(parsed.Filter)}";
        }

        return new CompiledSearch(parsed.Signal, condition, parameters, compiler.Fields, compiler.Regexes);
    }

    /// <summary>The half-open range, on the column that partitions and orders the tables.</summary>
    public static string TimeCondition(ParameterBag parameters, TimeRange range) =>
        $"Timestamp >= {parameters.AddTime(range.From)} AND Timestamp < {parameters.AddTime(range.To)}";
}
