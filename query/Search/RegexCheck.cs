using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Language;
using Observe.Storage.Engine;

namespace Observe.Query.Search;

/// <summary>Asks the engine whether regular expressions are right, before they meet rows: an empty table would not notice a wrong one.</summary>
internal static partial class RegexCheck
{
    /// <exception cref="QuerySyntaxException">One is wrong; the message holds the engine's reason.</exception>
    public static async Task RunAsync(IQueryEngine engine, IReadOnlyList<QueryValue> regexes, CancellationToken cancellationToken)
    {
        QueryValue[] distinct = [.. regexes.DistinctBy(regex => regex.Text, StringComparer.Ordinal)];
        if (distinct.Length > 1 && await WrongAsync(engine, distinct, cancellationToken) is null)
        {
            return;
        }

        // The engine's error does not tell which one it is.
        foreach (QueryValue regex in distinct)
        {
            if (await WrongAsync(engine, [regex], cancellationToken) is { } error)
            {
                throw new QuerySyntaxException(
                    $"This is not a regular expression (RE2): {Reason(error)}. To search for the characters themselves use a quoted text.", regex.Span);
            }
        }
    }

    /// <summary>What the engine says when one of them is wrong; null when all are right.</summary>
    private static async Task<string?> WrongAsync(IQueryEngine engine, IEnumerable<QueryValue> regexes, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"SELECT [{string.Join(", ", regexes.Select(regex => $"match('', {parameters.Add(regex.Text)})"))}]";
        try
        {
            await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters), cancellationToken);
            return null;
        }
        catch (StorageException e) when (e.Error == StorageError.BadStatement)
        {
            return e.Message;
        }
    }

    private static string Reason(string message)
    {
        System.Text.RegularExpressions.Match match = ErrorPattern().Match(message);
        return match.Success ? match.Groups[1].Value.Trim() : "it cannot be compiled";
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"error: (.+?)\. Look at")]
    private static partial System.Text.RegularExpressions.Regex ErrorPattern();
}
