using Observe.Query.Compilation.Pipeline;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Storage.Engine;
using Observe.Storage.Results;
using Observe.Tests.Query.Differential.Data;
using Observe.Tests.Query.Differential.Queries;
using Observe.Tests.Query.Differential.Reference;
using Observe.Tests.Query.Language;

namespace Observe.Tests.Query.Differential;

/// <summary>Random filters find in the engine what a plain evaluation of them finds in memory.</summary>
public sealed class FilterDifferentialTests(DifferentialFixture fixture) : IClassFixture<DifferentialFixture>
{
    private const int Queries = 500;

    /// <summary>More than all records.</summary>
    private const int Limit = 10_000;

    private readonly ReferenceFilter _reference = new(fixture.Records);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Filter_Random_FindsWhatTheReferenceFinds()
    {
        var random = new Random(fixture.Seed);
        var failures = new List<string>();
        var kinds = new Dictionary<string, int>();
        int matching = 0;
        int count = Queries * fixture.Factor;
        for (int i = 0; i < count && failures.Count < 10; i++)
        {
            SearchSignal signal = random.Next(3) == 0 ? SearchSignal.Spans : SearchSignal.Logs;
            FilterNode filter = new RandomFilters(random, signal, fixture.Records).Filter(random.Next(4));
            if (await DifferenceAsync(signal, filter) is not null)
            {
                failures.Add(await SmallestAsync(signal, filter));
            }

            matching += fixture.Records.Any(record => record.Signal == signal && _reference.Holds(filter, record)) ? 1 : 0;
            Note(kinds, filter);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"seed {fixture.Seed}: {matching} of {count} queries found something; {string.Join(", ", kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal))}");
        Assert.True(failures.Count == 0, $"seed {fixture.Seed} (OBSERVE_DIFFERENTIAL_SEED):\n{string.Join("\n\n", failures)}");
        Assert.True(matching > count / 2, "Most queries find nothing.");
        Assert.Equal([], Expected.Where(kind => !kinds.ContainsKey(kind)));
    }

    private static string[] Expected { get; } =
    [
        nameof(AllNode), nameof(AndNode), nameof(OrNode), nameof(NotNode), nameof(TextNode), nameof(InNode), nameof(ExistsNode), nameof(ContainsNode), nameof(IdNode),
        .. Enum.GetNames<ComparisonOperator>(),
    ];

    private static void Note(Dictionary<string, int> kinds, FilterNode node)
    {
        string kind = node is ComparisonNode comparison ? comparison.Operator.ToString() : node.GetType().Name;
        kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        foreach (FilterNode operand in node switch { AndNode and => and.Operands, OrNode or => or.Operands, NotNode not => [not.Operand], _ => [] })
        {
            Note(kinds, operand);
        }
    }

    /// <summary>What differs, with the statement; null if nothing does.</summary>
    private async Task<string?> DifferenceAsync(SearchSignal signal, FilterNode filter)
    {
        string text = QueryPrinter.Print(new ParsedQuery(signal, filter));
        ParsedQuery parsed;
        try
        {
            parsed = QueryParser.Parse(text);
        }
        catch (QuerySyntaxException e)
        {
            return $"{text}\n  was printed, but is not read: {e.Message}";
        }

        if (TreeText.Of(new ParsedQuery(signal, filter)) != TreeText.Of(parsed))
        {
            return $"{text}\n  was printed for {TreeText.Of(new ParsedQuery(signal, filter))}, but is read as {TreeText.Of(parsed)}";
        }

        HashSet<uint> expected = [.. fixture.Records.Where(record => record.Signal == signal && _reference.Holds(parsed.Filter, record)).Select(record => record.Number)];
        string sql = "";
        try
        {
            ParsedQuery numbers = parsed with { Stages = [new FieldsStage([new FieldName(FieldPlace.Any, "flags", default)], default)] };
            foreach ((string way, CompiledPipeline compiled) in await fixture.CompileAsync(numbers, DifferentialFixture.Range, Limit, Token))
            {
                sql = $"{way}: {Explain(compiled.Statement)}";
                HashSet<uint> found = [.. await NumbersAsync(compiled.Statement)];
                if (!found.SetEquals(expected))
                {
                    return $"{text}\n{Describe("found too much", found.Except(expected))}{Describe("not found", expected.Except(found))}  {sql}";
                }
            }

            return null;
        }
        catch (Exception e) when (e is QuerySyntaxException or StorageException)
        {
            return $"{text}\n  failed: {e.Message}\n  {sql}";
        }
    }

    private async Task<string> SmallestAsync(SearchSignal signal, FilterNode filter)
    {
        while (true)
        {
            FilterNode? smaller = null;
            foreach (FilterNode candidate in FilterShrinker.Smaller(filter))
            {
                if (await DifferenceAsync(signal, candidate) is not null)
                {
                    smaller = candidate;
                    break;
                }
            }

            if (smaller is null)
            {
                return (await DifferenceAsync(signal, filter))!;
            }

            filter = smaller;
        }
    }

    private string Describe(string what, IEnumerable<uint> numbers)
    {
        uint[] all = [.. numbers];
        return all.Length == 0 ? "" : $"  {what}: {all.Length}, such as\n{string.Concat(all.Take(2).Select(number => $"    {fixture.Records.First(record => record.Number == number)}\n"))}";
    }

    private static string Explain(SqlStatement statement) =>
        $"{statement.Text}\n  with {string.Join(", ", statement.Parameters.Select(parameter => $"{parameter.Name}={parameter.Text}"))}";

    private async Task<IEnumerable<uint>> NumbersAsync(SqlStatement statement)
    {
        IReadOnlyList<ResultBlock> blocks = await fixture.Engine.QueryAllAsync(statement, Token);
        return blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => (uint)block.Columns[0].GetUInt64(row)));
    }
}
