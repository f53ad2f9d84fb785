using System.Globalization;
using Observe.Query.Language;
using Observe.Tests.Query.Cases;

namespace Observe.Tests.Query.Language;

public sealed class QueryParserTests
{
    public static TheoryData<string, string> Trees => CaseFile.Read("trees.txt");

    public static TheoryData<string, string> Errors => CaseFile.Read("errors.txt");

    [Theory]
    [MemberData(nameof(Trees))]
    public void Parse_Text_GivesTree(string text, string tree) => Assert.Equal(tree, TreeText.Of(QueryParser.Parse(text)));

    [Theory]
    [MemberData(nameof(Errors))]
    public void Parse_WrongText_SaysWhatAndWhere(string text, string expected)
    {
        var error = Assert.Throws<QuerySyntaxException>(() => QueryParser.Parse(text));
        Assert.Equal(expected, string.Create(CultureInfo.InvariantCulture, $"{error.Position.Start} {error.Position.Length} {error.Message}"));
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public void Print_ParsedText_ParsesToTheSameTree(string text, string tree) =>
        Assert.Equal(tree, TreeText.Of(QueryParser.Parse(QueryPrinter.Print(QueryParser.Parse(text)))));

    [Theory]
    [MemberData(nameof(Trees))]
    public void Parse_EveryPrefixOfAText_IsATreeOrAnErrorInsideTheText(string text, string tree)
    {
        Assert.NotEmpty(tree);
        for (int length = 0; length < text.Length; length++)
        {
            string prefix = text[..length];
            if (Record.Exception(() => QueryParser.Parse(prefix)) is { } exception)
            {
                TextSpan position = Assert.IsType<QuerySyntaxException>(exception).Position;
                Assert.InRange(position.Start, 0, prefix.Length);
                Assert.InRange(position.End, position.Start, prefix.Length);
            }
        }
    }

    [Fact]
    public void Parse_TooLong_IsRefused()
    {
        QueryParser.Parse(new string('a', LanguageLimits.MaxLength));
        var error = Assert.Throws<QuerySyntaxException>(() => QueryParser.Parse(new string('a', LanguageLimits.MaxLength + 1)));
        Assert.Equal("The query has 10001 characters; 10000 are allowed besides the values of its lists.", error.Message);
    }

    [Theory]
    [InlineData("(", "a", ")")]
    [InlineData("not ", "a", "")]
    [InlineData("-", "a", "")]
    public void Parse_TooDeep_IsRefused(string open, string inner, string close)
    {
        string Nested(int depth) => string.Concat(Enumerable.Repeat(open, depth)) + inner + string.Concat(Enumerable.Repeat(close, depth));
        QueryParser.Parse(Nested(LanguageLimits.MaxDepth));
        var error = Assert.Throws<QuerySyntaxException>(() => QueryParser.Parse(Nested(LanguageLimits.MaxDepth + 1)));
        Assert.Equal("The query is nested deeper than 64 levels.", error.Message);
    }
}
