using Observe.Query.Fields;
using Observe.Query.Language;
using Observe.Query.Time;

namespace Observe.Query.Compilation;

/// <summary>From the text of a filter to a condition with bound parameters, for questions that are about the records which it selects.</summary>
public sealed class SearchCompiler(TimeProvider time)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <param name="query">Text in the search language, without stages.</param>
    /// <param name="range">Which records it is about.</param>
    /// <param name="types">What is known of the fields that it names (<see cref="CompiledSearch.Fields"/> of a first compilation without).</param>
    /// <param name="asked">The question's range, of which <paramref name="range"/> is a part; null where it is the whole.</param>
    /// <exception cref="QuerySyntaxException">The query is wrong.</exception>
    public CompiledSearch Compile(string query, TimeRange range, FieldTypes? types = null, TimeRange? asked = null)
    {
        ParsedQuery parsed = QueryParser.Parse(query);
        return parsed.Stages.Count == 0
            ? Compile(parsed, range, types, asked)
            : throw new QuerySyntaxException("Only a filter is taken here: remove the | and what follows it.", parsed.Stages[0].Span);
    }

    /// <summary>The filter of a query; its stages are left out.</summary>
    /// <inheritdoc cref="Compile(string, TimeRange, FieldTypes, TimeRange?)"/>
    public CompiledSearch Compile(ParsedQuery parsed, TimeRange range, FieldTypes? types = null, TimeRange? asked = null)
    {
        var parameters = new ParameterBag();
        string condition = SignalRows.InRange(parsed.Signal, parameters, range);
        var compiler = new FilterCompiler(new FieldResolver(parsed.Signal, time, types), parameters, range, asked ?? range);
        if (parsed.Filter is not null)
        {
            condition += $" AND {compiler.Compile(parsed.Filter)}";
        }

        return new CompiledSearch(parsed.Signal, condition, parameters, compiler.Fields, compiler.Regexes);
    }

    /// <summary>The half-open range, on the column that partitions the tables and on what they are ordered by.</summary>
    /// <remarks>
    /// The engine prunes parts by the first, but finds its way in a part by what the key begins with only if it is asked for (1.1 million of 2 million rows
    /// read for the latest 100 without, 20,000 with it). Five minutes are kept in 32 bits of seconds, so they say nothing of times before 1970 and after 2106.
    /// </remarks>
    /// <param name="isAlone">
    /// Whether no other condition stands beside it. Then the key is only hinted at and need not be computed for each row (5 % of a count by an attribute); beside others a
    /// hint has them all computed twice.
    /// </param>
    public static string TimeCondition(ParameterBag parameters, TimeRange range, bool isAlone = false)
    {
        string from = parameters.AddTime(range.From);
        string to = parameters.AddTime(range.To);
        string time = $"Timestamp >= {from} AND Timestamp < {to}";
        if (range.From < 0 || range.To > uint.MaxValue * NanosecondsPerSecond)
        {
            return time;
        }

        string key = $"toStartOfFiveMinutes(Timestamp) >= toStartOfFiveMinutes({from}) AND toStartOfFiveMinutes(Timestamp) <= toStartOfFiveMinutes({to})";
        return isAlone ? $"{time} AND indexHint({key})" : $"{time} AND {key}";
    }
}
