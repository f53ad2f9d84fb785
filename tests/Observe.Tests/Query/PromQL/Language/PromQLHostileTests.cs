using Observe.Query.PromQL.Language;

namespace Observe.Tests.Query.PromQL.Language;

/// <summary>Texts that would take the stack or the time of a parser are refused, and where is said.</summary>
public sealed class PromQLHostileTests
{
    public static TheoryData<string> Repeated =>
    [
        "(", ")", "{", "}", "[", "]", "-", "+-", "!", "\"", "'", "`", ",", ":", "@", "#", "\\", "\0", "😀", "\ud83d", "\n", "1", "1e", "1_", "0x", "1h", "a", "a ", "a.", "$", "=", "<",
        "a+", "a^", "a*(", "-(", "2^-", "a or ", "a and (", "rate(", "sum by (", "sum(", "sum by (a", "a{", "a{b=\"c\",", "{\"a\",", "a[5m]", "a[", "a[(", "a[1+", "a[-", "a[5m:", "a offset ",
        "a offset (", "a offset 5m ", "a @ ", "a @ 5 ", "a * on (", "a * on (a) group_left ", "label_join(a,\"b\",\"c\",", "not ", "select ", "bool ", "\"\\x", "\"\\",
    ];

    public static TheoryData<string, string, string> Nested => new()
    {
        { "(", "a", ")" },
        { "-", "a", "" },
        { "- -", "1", "" },
        { "1 ^ ", "2", "" },
        { "abs(", "a", ")" },
        { "sum by (b) (", "a", ")" },
        { "a + (", "b", ")" },
        { "topk(1, ", "a", ")" },
    };

    public static TheoryData<string, string, string> NestedDurations => new()
    {
        { "(", "5m", ")" },
        { "-", "step()", "" },
        { "step() ^ ", "5m", "" },
        { "min_of(5m, ", "5m", ")" },
    };

    [Theory]
    [MemberData(nameof(Repeated))]
    public void Parse_MegabyteOfOneText_IsReadOrRefusedInsideTheText(string text)
    {
        foreach (string query in new[] { Repeat(text, PromQLLimits.MaxLength / text.Length), "a " + Repeat(text, 2_000), Repeat(text, PromQLLimits.MaxDepth) })
        {
            if (Record.Exception(() => PromQLParser.Parse(query)) is { } exception)
            {
                var error = Assert.IsType<PromQLException>(exception);
                Assert.InRange(error.Position.Start, 0, query.Length);
                Assert.InRange(error.Position.End, error.Position.Start, query.Length);
                Assert.InRange(error.Message.Length, 1, 500);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Nested))]
    public void Parse_TooDeep_IsRefused(string open, string inner, string close)
    {
        string Deep(int depth) => Repeat(open, depth) + inner + Repeat(close, depth);
        int levels = open == "a + (" || open == "- -" ? PromQLLimits.MaxDepth / 2 : PromQLLimits.MaxDepth;
        PromQLPrinter.Print(PromQLParser.Parse(Deep(levels)));
        Assert.Equal("The query is nested deeper than 200 levels.", Assert.Throws<PromQLException>(() => PromQLParser.Parse(Deep(levels + 1))).Message);
    }

    [Theory]
    [MemberData(nameof(NestedDurations))]
    public void Parse_DurationTooDeep_IsRefused(string open, string inner, string close)
    {
        string Deep(int depth) => $"a offset ({Repeat(open, depth)}{inner}{Repeat(close, depth)})";
        Assert.Equal("The query is nested deeper than 200 levels.", Assert.Throws<PromQLException>(() => PromQLParser.Parse(Deep(PromQLLimits.MaxDepth))).Message);
        PromQLPrinter.Print(PromQLParser.Parse($"a offset (min_of(5m, {Repeat(open, PromQLLimits.MaxDepth - 3)}{inner}{Repeat(close, PromQLLimits.MaxDepth - 3)} % 1y))"));
    }

    [Theory]
    [InlineData("a", " + a")]
    [InlineData("a", " or a")]
    [InlineData("1", "*1")]
    public void Parse_LongChain_IsReadUpToALimit(string first, string next)
    {
        Expression longest = PromQLParser.Parse(first + Repeat(next, PromQLLimits.MaxOperators));
        Assert.NotEmpty(PromQLPrinter.Print(longest));
        Assert.StartsWith(
            "A query has at most 1000 operators", Assert.Throws<PromQLException>(() => PromQLParser.Parse(first + Repeat(next, PromQLLimits.MaxOperators + 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DeepestTreeOnASmallStack_IsReadAndPrinted()
    {
        string query = Repeat("abs(", 190) + "a" + Repeat(" + a", PromQLLimits.MaxOperators) + Repeat(")", 190);
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => PromQLPrinter.Print(PromQLParser.Parse(query))), 1024 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    [Fact]
    public void Parse_TooLong_IsRefused()
    {
        string longest = "a{b=\"" + new string('x', PromQLLimits.MaxLength - 7) + "\"}";
        PromQLParser.Parse(longest);
        var error = Assert.Throws<PromQLException>(() => PromQLParser.Parse(longest + " "));
        Assert.Equal("The query has 1000001 characters; 1000000 are allowed.", error.Message);
    }

    /// <summary>Dashboards make one of the chosen values of a variable.</summary>
    [Fact]
    public void Parse_LongListOfValues_IsNoPatternThatIsTooLong()
    {
        string list = string.Join('|', Enumerable.Range(0, 50_000).Select(i => $"pod-{i}"));
        PromQLParser.Parse($"a{{b=~\"{list}\"}}");
        Assert.Equal(
            $"This regular expression has {list.Length + 2} characters; 10000 are allowed where it is more than a list such as a|b|c.",
            Assert.Throws<PromQLException>(() => PromQLParser.Parse($"a{{b=~\"({list})\"}}")).Message);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, Math.Max(count, 1)));
}
