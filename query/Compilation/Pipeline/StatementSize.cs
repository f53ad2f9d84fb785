using System.Text.RegularExpressions;
using Observe.Query.Language;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>Refuses a query that the engine would refuse for its size, while it is still known which part of it is too much.</summary>
internal static partial class StatementSize
{
    /// <summary>Characters of a statement that more is still put around: conditions on a field are repeated for each type and place, and some stages repeat the rows.</summary>
    private const int MaxRows = 200_000;

    /// <summary>Characters of a whole statement. The engine parses 256 KiB (max_query_size), settings included.</summary>
    private const int MaxStatement = 250_000;

    /// <summary>
    /// How often columns of stages may stand for each other. The engine writes each out where it is used, so that 31 times <c>let x = concat(x, x)</c> would be two
    /// billion; it takes trees of 500,000 nodes.
    /// </summary>
    private const int MaxUses = 10_000;

    /// <exception cref="QuerySyntaxException">The rows are made by too large a statement.</exception>
    public static void Check(PipelineRows rows, TextSpan span, string part)
    {
        if (rows.Select("*").Length > MaxRows || Uses(rows) > MaxUses)
        {
            throw TooLarge(span, part);
        }
    }

    /// <inheritdoc cref="Check(PipelineRows, TextSpan, string)"/>
    public static void Check(string statement, ParsedQuery query)
    {
        if (statement.Length > MaxStatement)
        {
            throw TooLarge(query.Stages is [.., { } last] ? last.Span : query.Filter?.Span ?? default, query.Stages.Count > 0 ? "stage" : "filter");
        }
    }

    /// <summary>The columns that are in use once all are written out.</summary>
    private static double Uses(PipelineRows rows)
    {
        var uses = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach ((string alias, string sql) in rows.Computed)
        {
            uses[alias] = 1 + Column().Matches(sql).Sum(match => uses.GetValueOrDefault(match.Value));
        }

        return uses.Values.Sum();
    }

    private static QuerySyntaxException TooLarge(TextSpan span, string part) =>
        new($"With this {part} the query becomes too large for the engine: leave out some of its conditions, stages, columns or values.", span);

    [GeneratedRegex(@"\bc[0-9]+\b")]
    private static partial Regex Column();
}
