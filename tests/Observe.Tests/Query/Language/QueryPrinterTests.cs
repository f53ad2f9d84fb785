using Observe.Query.Language;
using Observe.Query.Search;

namespace Observe.Tests.Query.Language;

public sealed class QueryPrinterTests
{
    private static readonly string[] Texts =
        ["timeout", "timed out", "and", "logs", "in", "a\"b", "back\\slash", "tab\there", "line\nbreak", "-5", "http://x/y", "a:b", "ä", "*", "50%", "'q'", "|", "`", "(x)"];

    private static readonly string[] Names =
        ["user.id", "attr.x", "resource.y", "scope.name", "name", "odd name", "a`b", "a\\b", "and", "id", "logs", "metrics", "5x", "x*y", "k8s.pod-name", "ä", "a:b", "a=b"];

    private static readonly string[] BareValues = ["5", "-5.5", "250ms", "4KB", "true", "/api/*", "a.b-c", "http://a/b?c=d"];

    [Fact]
    public void Print_RandomTree_ParsesToTheSameTree()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < 2000; i++)
        {
            SearchSignal signal = SignalWords.All[random.Next(SignalWords.All.Count)];
            FilterNode filter = Node(random, 4);
            if (signal == SearchSignal.Spans && random.Next(4) == 0)
            {
                filter = new BelowNode(filter, Node(random, 3), random.Next(2) == 0, default);
                filter = random.Next(3) == 0 ? new BelowNode(filter, Node(random, 2), random.Next(2) == 0, default) : filter;
            }

            var query = new ParsedQuery(signal, filter, [.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomStages.Stage(random, () => Node(random, 2), () => Field(random)))]);
            string text = QueryPrinter.Print(query);
            Assert.Equal($"{TreeText.Of(query)} seed {seed}: {text}", $"{TreeText.Of(QueryParser.Parse(text))} seed {seed}: {text}");
        }
    }

    private static FilterNode Node(Random random, int depth) => random.Next(depth == 0 ? 7 : 10) switch
    {
        0 => new TextNode(Pick(random, Texts), false, default),
        1 => new TextNode("tim", true, default),
        2 => new ExistsNode(Field(random), default),
        3 => new ContainsNode(Field(random), Pick(random, Texts), false, default),
        4 => new IdNode(Pick(random, Texts), default),
        5 => new InNode(Field(random), [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Value(random, false))], default),
        6 => Comparison(random),
        7 => new AndNode(Operands(random, depth), default),
        8 => new OrNode(Operands(random, depth), default),
        _ => new NotNode(Node(random, depth - 1), default),
    };

    private static ComparisonNode Comparison(Random random)
    {
        ComparisonOperator comparison = random.GetItems(Enum.GetValues<ComparisonOperator>(), 1)[0];
        bool isOrder = comparison is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual or ComparisonOperator.Matches or ComparisonOperator.NotMatches);
        return new ComparisonNode(Field(random), comparison, Value(random, isOrder), default);
    }

    private static FilterNode[] Operands(Random random, int depth) =>
        [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => Node(random, depth - 1))];

    private static QueryValue Value(Random random, bool isOrder)
    {
        if (random.Next(2) == 0)
        {
            return new QueryValue(Pick(random, Texts), true, default);
        }

        string bare = Pick(random, BareValues);
        return new QueryValue(isOrder && bare.Contains('*') ? "7" : bare, false, default);
    }

    private static FieldName Field(Random random) => new(random.GetItems(Enum.GetValues<FieldPlace>(), 1)[0], Pick(random, Names), default);

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
