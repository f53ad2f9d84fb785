using System.Text.RegularExpressions;
using Observe.Query.Compilation;
using Observe.Query.PromQL.Language;
using Observe.Storage.Engine;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.PromQL.Language;

/// <summary>A matcher finds the same in the engine, which has RE2 itself, and in a pattern that was written for .NET.</summary>
public sealed class LabelPatternEngineTests(EngineFixture engines)
{
    private const int Patterns = 500;
    private const int InOneStatement = 100;

    private static readonly string[] Values =
    [
        "", "a", "b", "A", "ab", "aab", "ba", "abc", "aaa", "a\n", "\na", "a\nb", "a b", " ", "-", "a-b", "[", "]", "\\", "^", "$", ".", "{2}", "a{2}", "0", "12", "a1", "_", "é", "É", "ж", "٣", "€", "\t", "\v", "#",
    ];

    /// <remarks>No []a]: before the engine asks RE2 it looks for a text that it takes to be in every match, and takes that class to end at its first ].</remarks>
    private static readonly string[] Atoms =
    [
        "a", "b", "A", ".", "é", "1", "_", "-", " ", "#", "\\{2}", "{a}", "\\.", "\\-", "\\\\", "\\[", "\\d", "\\D", "\\s", "\\S", "\\w", "\\W", "\\pL", "\\p{Lu}", "\\PN", "\\p{^L}", "[ab]", "[^ab]", "[a-c]", "[a-]",
        "[\\d_]", "[^\\w]", "[\\W]", "[\\pN.]", "[[:alpha:]]", "[^[:space:]]", "[[:^digit:]]", "[\\x41-C]", "\\x61", "\\x{e9}", "\\141", "\\Qa.\\E", "^", "$", "\\A", "\\z", "[$^]", "[\\]]", "[.-a]",
    ];

    private static readonly string[] Groups = ["(", "(?:", "(?i:", "(?-s:", "(?s:", "(?m:", "(?U:", "(?im-s:", "(?P<n>"];

    private static readonly string[] Repeats = ["*", "+", "?", "*?", "+?", "{2}", "{1,2}", "{0,1}?", "{2,}", "{,2}"];

    private static readonly string[] Flags = ["(?i)", "(?m)", "(?-s)", "(?s-i)", "(?U)"];

    [Fact]
    public async Task Compile_RandomPattern_FindsWhatTheEngineFinds()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        IStorageEngine engine = await engines.DatabaseAsync("promql_patterns");
        for (int i = 0; i < Patterns; i += InOneStatement)
        {
            string[] patterns = [.. Enumerable.Range(0, InOneStatement).Select(_ => Alternation(random, 3))];
            string[] expected = await FoundAsync(engine, patterns);
            for (int j = 0; j < patterns.Length; j++)
            {
                Regex regex = LabelPattern.Compile(patterns[j]);
                string found = string.Concat(Values.Select(value => regex.IsMatch(value) ? '1' : '0'));
                Assert.True(expected[j] == found, $"{patterns[j]} finds {found}, in the engine {expected[j]}, seed {seed}");
            }
        }
    }

    /// <summary>For each pattern a 1 or 0 for each value.</summary>
    private static async Task<string[]> FoundAsync(IStorageEngine engine, string[] patterns)
    {
        var parameters = new ParameterBag();
        string values = parameters.Add(Values);
        IEnumerable<string> columns = patterns.Select(pattern => $"arrayStringConcat(arrayMap(v -> toString(match(v, {parameters.Add($"^(?s:{pattern})$")})), {values}))");
        var statement = new SqlStatement($"SELECT arrayJoin([{string.Join(", ", columns)}])", parameters.Parameters);
        var blocks = await engine.QueryAllAsync(statement, TestContext.Current.CancellationToken);
        return [.. blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => block.Columns[0].GetString(row)))];
    }

    private static string Alternation(Random random, int depth)
    {
        string flags = random.Next(10) == 0 ? Pick(random, Flags) : "";
        return flags + string.Join('|', Enumerable.Range(0, random.Next(5) == 0 ? 2 : 1).Select(_ => Sequence(random, depth)));
    }

    private static string Sequence(Random random, int depth) => string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Part(random, depth)));

    private static string Part(Random random, int depth)
    {
        string part = depth > 0 && random.Next(4) == 0 ? Group(random, depth) : Pick(random, Atoms);
        return random.Next(3) == 0 ? part + Pick(random, Repeats) : part;
    }

    private static string Group(Random random, int depth)
    {
        string open = Pick(random, Groups);

        // A name may be given once.
        return open == "(?P<n>" ? $"(?P<n{random.Next()}>{Sequence(random, depth - 1)})" : $"{open}{Alternation(random, depth - 1)})";
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
