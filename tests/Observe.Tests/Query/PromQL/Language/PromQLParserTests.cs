using System.Globalization;
using Observe.Query.PromQL.Language;
using Observe.Tests.Query.Cases;
using TextSpan = Observe.Query.Language.TextSpan;

namespace Observe.Tests.Query.PromQL.Language;

public sealed class PromQLParserTests
{
    public static TheoryData<string, string> Trees => CaseFile.Read("PromQL/trees.txt");

    public static TheoryData<string, string> Numbers => CaseFile.Read("PromQL/numbers.txt");

    public static TheoryData<string, string> Errors => CaseFile.Read("PromQL/errors.txt");

    [Theory]
    [MemberData(nameof(Trees))]
    public void Parse_Text_GivesTree(string text, string tree)
    {
        Expression expression = PromQLParser.Parse(text);
        Assert.Equal(tree, $"{expression.Type} {TreeText.Of(expression)}");
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Parse_Number_GivesItsValue(string text, string value)
    {
        var number = Assert.IsType<NumberLiteral>(PromQLParser.Parse(text));
        Assert.Equal(value, number.Value.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void Parse_WrongText_SaysWhatAndWhere(string text, string expected)
    {
        var error = Assert.Throws<PromQLException>(() => PromQLParser.Parse(text));
        Assert.Equal(expected, string.Create(CultureInfo.InvariantCulture, $"{error.Position.Start} {error.Position.Length} {error.Message}"));
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public void Parse_EveryPrefixOfAText_IsATreeOrAnErrorInsideTheText(string text, string tree)
    {
        Assert.NotEmpty(tree);
        for (int length = 0; length < text.Length; length++)
        {
            string prefix = text[..length];
            if (Record.Exception(() => PromQLParser.Parse(prefix)) is { } exception)
            {
                TextSpan position = Assert.IsType<PromQLException>(exception).Position;
                Assert.InRange(position.Start, 0, prefix.Length);
                Assert.InRange(position.End, position.Start, prefix.Length);
            }
        }
    }

    [Fact]
    public void Parse_SeveralLinesAndComments_AreRead()
    {
        Expression expression = PromQLParser.Parse("# the rate\nsum by (job) ( # of all\r\n\trate(up{ # here\n  job=\"#a\"\n}[5m # back\n])\n) # end");
        Assert.Equal("(sum by[job] (rate (range 300s (up job=\"#a\"))))", TreeText.Of(expression));
    }

    [Fact]
    public void Parse_RawText_MayHoldLines() => Assert.Equal("a\nb\\n", Assert.IsType<StringLiteral>(PromQLParser.Parse("`a\nb\\n`")).Value);

    [Fact]
    public void Parse_SetOperator_MatchesManyToMany()
    {
        var binary = Assert.IsType<BinaryExpression>(PromQLParser.Parse("a or on (job) b"));
        Assert.Equal(MatchCardinality.ManyToMany, binary.Matching?.Cardinality);
        Assert.Null(Assert.IsType<BinaryExpression>(PromQLParser.Parse("a + 1")).Matching);
    }

    [Fact]
    public void Parse_ErrorOnALaterLine_HasLineAndColumn()
    {
        var error = Assert.Throws<PromQLException>(() => PromQLParser.Parse("sum(\n  rate(up)\n)"));
        Assert.Equal((2, 8, 2), (error.Line, error.Column, error.Position.Length));
    }

    [Fact]
    public void Parse_ErrorAtTheEnd_HasThePlaceAfterTheLastCharacter()
    {
        var error = Assert.Throws<PromQLException>(() => PromQLParser.Parse("a +\n"));
        Assert.Equal((2, 1, 0), (error.Line, error.Column, error.Position.Length));
    }

    /// <summary>Each part's text, from the outside in, as its position has it.</summary>
    [Theory]
    [InlineData("sum by (a) (x)", "sum by (a) (x)", "x")]
    [InlineData("sum(x) by (a) ", "sum(x) by (a)", "x")]
    [InlineData(" ( x ) ", "( x )", "x")]
    [InlineData("x{a=\"b\"} [5m] offset 1m", "x{a=\"b\"} [5m] offset 1m", "x{a=\"b\"}")]
    [InlineData("rate(x[5m])[1h:] @ end() ", "rate(x[5m])[1h:] @ end()", "rate(x[5m])", "x[5m]", "x")]
    [InlineData("- x", "- x", "x")]
    [InlineData("- 5", "- 5")]
    [InlineData("1 + - x ^ 2", "1 + - x ^ 2", "- x ^ 2", "x ^ 2", "2")]
    public void Parse_Text_KnowsWhereEachPartStands(string text, params string[] parts)
    {
        Expression? expression = PromQLParser.Parse(text);
        foreach (string part in parts)
        {
            Assert.NotNull(expression);
            Assert.Equal(part, text.Substring(expression.Span.Start, expression.Span.Length));
            expression = expression switch
            {
                AggregateExpression aggregate => aggregate.Operand,
                ParenthesizedExpression parenthesized => parenthesized.Inner,
                RangeSelector range => range.Selector,
                Subquery subquery => subquery.Operand,
                CallExpression call => call.Arguments[0],
                UnaryExpression unary => unary.Operand,
                BinaryExpression binary => binary.Right,
                _ => null,
            };
        }

        Assert.Null(expression);
    }

    [Theory]
    [InlineData("up", "up")]
    [InlineData("up{job=\"api\"}", "(up job=\"api\")")]
    [InlineData("{\"http.route\"=\"/\"}", "(_ http.route=\"/\")")]
    public void ParseSelector_Selector_IsRead(string text, string tree) => Assert.Equal(tree, TreeText.Of(PromQLParser.ParseSelector(text)));

    [Theory]
    [InlineData("up offset 5m", "A selector alone is expected: a name, and matchers in braces.")]
    [InlineData("up[5m]", "A selector alone is expected: a name, and matchers in braces.")]
    [InlineData("up + up", "A selector alone is expected: a name, and matchers in braces.")]
    [InlineData("rate(up[5m])", "A selector is expected here, such as http_requests_total{code=\"500\"}.")]
    [InlineData("5", "A selector is expected here, such as http_requests_total{code=\"500\"}.")]
    [InlineData("{}", "A selector names a metric, or at least one label, so that it does not take every series: http_requests_total, or {job=\"api\"}.")]
    [InlineData("", "The query is empty: name a metric, such as up or rate(http_requests_total[5m]).")]
    public void ParseSelector_AnythingElse_IsRefused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<PromQLException>(() => PromQLParser.ParseSelector(text)).Message);
}
