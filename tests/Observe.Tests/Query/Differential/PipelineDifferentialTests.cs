using Observe.Query.Compilation.Pipeline;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;
using Observe.Tests.Query.Differential.Data;
using Observe.Tests.Query.Differential.Queries;
using Observe.Tests.Query.Differential.Reference;
using Observe.Tests.Query.Language;

namespace Observe.Tests.Query.Differential;

/// <summary>Random queries with stages answer in the engine what a plain evaluation of them answers in memory.</summary>
public sealed class PipelineDifferentialTests(DifferentialFixture fixture) : IClassFixture<DifferentialFixture>
{
    private const int Queries = 250;

    /// <summary>More rows than any of the queries has.</summary>
    private const int Limit = 100_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string[] Expected { get; } =
    [
        nameof(WhereStage), nameof(LetStage), nameof(StatsStage), nameof(SortStage), nameof(LimitStage), nameof(FieldsStage), nameof(DedupStage), nameof(TopStage),
        nameof(ParseTemplateStage), nameof(ParseFormatStage), nameof(PatternsStage), nameof(TracesStage),
        nameof(FieldKey), nameof(BinKey), nameof(TopKey), nameof(BelowNode), .. Enum.GetNames<AggregateFunction>(), .. Enum.GetNames<ExpressionFunction>(), .. Enum.GetNames<BinaryOperator>(),
        .. Enum.GetNames<UnaryOperator>(),
    ];

    [Fact]
    public async Task Pipeline_Random_AnswersWhatTheReferenceAnswers()
    {
        var random = new Random(fixture.Seed);
        var failures = new List<string>();
        var kinds = new HashSet<string>();
        int answering = 0;
        int count = 0;

        // As many as wanted, and on until there was one of each kind: which are rare enough that some seeds leave one out.
        for (int wanted = Queries * fixture.Factor; (count < wanted || (count < 4 * wanted && !kinds.IsSupersetOf(Expected))) && failures.Count < 10; count++)
        {
            SearchSignal signal = random.Next(3) == 0 ? SearchSignal.Spans : SearchSignal.Logs;
            ParsedQuery query = new RandomPipelines(random, signal, fixture.Records).Query();
            TimeRange range = Range(random);
            if (await DifferenceAsync(query, range) is not null)
            {
                failures.Add(await SmallestAsync(query, range));
            }

            answering += ReferencePipeline.Run(query, range, fixture.Records).Rows.Count > 0 ? 1 : 0;
            string tree = TreeText.Of(query);
            kinds.UnionWith(Kinds(query, tree));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"seed {fixture.Seed}: {answering} of {count} queries answered something");
        Assert.True(failures.Count == 0, $"seed {fixture.Seed} (OBSERVE_DIFFERENTIAL_SEED):\n{string.Join("\n\n", failures)}");
        Assert.True(answering > count / 2, "Most queries answer nothing.");
        Assert.Equal([], Expected.Where(kind => !kinds.Contains(kind)));
    }

    /// <summary>All days, or a few hours of them that begin and end anywhere.</summary>
    private static TimeRange Range(Random random)
    {
        if (random.Next(2) == 0)
        {
            return DifferentialFixture.Range;
        }

        long from = RandomRecords.Base - (random.NextInt64(0, 7200) * RandomRecords.Second) + random.Next(-1, 2);
        return new TimeRange(from, from + (random.NextInt64(1, 86_400) * RandomRecords.Second));
    }

    /// <summary>What kinds of parts a query has, for the check that all kinds occur.</summary>
    private static IEnumerable<string> Kinds(ParsedQuery query, string tree)
    {
        IEnumerable<string> parts = query.Stages.Select(stage => stage.GetType().Name)
            .Concat(query.Stages.OfType<StatsStage>().SelectMany(stats => stats.Keys).Select(key => key.GetType().Name));
        return parts.Append(query.Filter is BelowNode ? nameof(BelowNode) : "").Concat(tree.Split(['(', ' ', ')']));
    }

    /// <summary>What differs, with the statement; null if nothing does.</summary>
    private async Task<string?> DifferenceAsync(ParsedQuery query, TimeRange range)
    {
        string text = QueryPrinter.Print(query);
        string shown = $"{text}\n  from {new ReferenceTime(range.From)} to {new ReferenceTime(range.To)}";
        string sql = "";
        try
        {
            ParsedQuery parsed = QueryParser.Parse(text);
            if (TreeText.Of(parsed) != TreeText.Of(query))
            {
                return $"{shown}\n  was printed for {TreeText.Of(query)}, but is read as {TreeText.Of(parsed)}";
            }

            var expected = ReferencePipeline.Run(parsed, range, fixture.Records);
            foreach ((string way, CompiledPipeline compiled) in await fixture.CompileAsync(parsed, range, Limit, Token))
            {
                sql = $"{way}: {compiled.Statement.Text}{string.Concat(compiled.Statement.Parameters.Select(parameter => $"\n    {parameter.Name}={parameter.Text}"))}";
                string[] names = [.. compiled.Columns.Select(column => column.Name)];
                if (!names.SequenceEqual(expected.Columns))
                {
                    return $"{shown}\n  has {way} the columns {string.Join(", ", names)}, not {string.Join(", ", expected.Columns)}";
                }

                List<object?[]> found = await RowsAsync(compiled.Statement, names.Length);
                string? difference = parsed.Stages is [.., PatternsStage]
                    ? ReferencePatterns.Difference([.. expected.Rows.Select(row => row.Record!)], found)
                    : AnswerComparison.Difference(expected, found);
                if (difference is not null)
                {
                    return $"{shown}\n{difference}  {sql}";
                }
            }

            return null;
        }
        catch (Exception e) when (e is QuerySyntaxException or StorageException)
        {
            return $"{shown}\n  failed: {e.Message}\n  {sql}";
        }
    }

    /// <summary>The smallest query that still differs; one that is no query any more does not count.</summary>
    private async Task<string> SmallestAsync(ParsedQuery query, TimeRange range)
    {
        string difference = (await DifferenceAsync(query, range))!;
        for (bool isSmaller = true; isSmaller;)
        {
            isSmaller = false;
            foreach (ParsedQuery candidate in PipelineShrinker.Smaller(query).Where(candidate => Answers(candidate, range)))
            {
                if (await DifferenceAsync(candidate, range) is { } other)
                {
                    (query, difference, isSmaller) = (candidate, other, true);
                    break;
                }
            }
        }

        return difference;
    }

    private bool Answers(ParsedQuery query, TimeRange range)
    {
        bool endsInColumns = query.Stages is [.., FieldsStage or TopStage or TracesStage or PatternsStage] || query.Stages.Any(stage => stage is TracesStage) || query.Stages.Any(stage => stage is StatsStage);
        bool isOrdered = query.Stages.OfType<SortStage>().All(sort => query.Stages.Any(stage => stage is StatsStage or TracesStage) || sort.Keys[^1].Field.Name == "flags");
        bool cutsWithoutOrder = query.Stages.Any(stage => stage is LimitStage or DedupStage)
            && !query.Stages.Any(stage => stage is SortStage);
        try
        {
            return endsInColumns && isOrdered && !cutsWithoutOrder && ReferencePipeline.Run(query, range, fixture.Records).Columns.Count > 0;
        }
        catch (Exception e) when (e is ArgumentException or NullReferenceException or KeyNotFoundException or InvalidCastException or InvalidOperationException)
        {
            return false;
        }
    }

    private async Task<List<object?[]>> RowsAsync(SqlStatement statement, int columns)
    {
        IReadOnlyList<ResultBlock> blocks = await fixture.Engine.QueryAllAsync(statement, Token);
        return [.. blocks.SelectMany(block => Enumerable.Range(0, block.RowCount)
            .Select(row => block.Columns.Take(columns).Select(column => column.IsNull(row) ? null : column.GetValue(row)).ToArray()))];
    }
}
