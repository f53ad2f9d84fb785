using System.Text.RegularExpressions;
using Observe.Query.PromQL.Language;
using Observe.Tests.Query.Cases;

namespace Observe.Tests.Query.PromQL.Language;

public sealed partial class LabelPatternTests
{
    public static TheoryData<string, string> Patterns => CaseFile.Read("PromQL/patterns.txt");

    public static TheoryData<string, string> Errors => CaseFile.Read("PromQL/pattern-errors.txt");

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Compile_Pattern_MatchesWholeValues(string pattern, string values)
    {
        Regex regex = LabelPattern.Compile(pattern);
        foreach (Match value in Value().Matches(values))
        {
            Assert.True(regex.IsMatch(value.Groups[2].Value) == (value.Groups[1].Value == "+"), $"{pattern} {value.Value}");
        }

        Assert.Equal(regex.IsMatch(""), new LabelMatcher("a", MatchOperator.Matches, pattern, default).MatchesEmpty);
        Assert.Equal(!regex.IsMatch(""), new LabelMatcher("a", MatchOperator.NotMatches, pattern, default).MatchesEmpty);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void Compile_NoPattern_SaysWhatIsWrong(string pattern, string message)
    {
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => LabelPattern.Compile(pattern)).Message);
        var error = Assert.Throws<PromQLException>(() => PromQLParser.Parse($"up{{job!~`{pattern}`}}"));
        Assert.Equal((message, 8), (error.Message, error.Position.Start));
    }

    [Fact]
    public void Compile_LineEnds_AreAnyCharacterAndNoEndOfTheText()
    {
        Assert.Matches(LabelPattern.Compile("a.b"), "a\nb");
        Assert.DoesNotMatch(LabelPattern.Compile("(?-s)a.b"), "a\nb");
        Assert.DoesNotMatch(LabelPattern.Compile("a$"), "a\n");
        Assert.DoesNotMatch(LabelPattern.Compile("a$.b"), "a\nb");
        Assert.Matches(LabelPattern.Compile("(?m)a$.^b"), "a\nb");
        Assert.DoesNotMatch(LabelPattern.Compile("(?m:a$).^b"), "a\nb");
    }

    /// <summary>The groups that label_replace writes as $1 and ${name}.</summary>
    [Fact]
    public void Compile_Groups_HaveTheirNumbersAndNames()
    {
        Match match = LabelPattern.Compile("(?P<first>a+)(b)(?:c)(?<last>(d)e)").Match("aabcde");
        Assert.Equal(["aa", "b", "de", "d"], Enumerable.Range(1, 4).Select(i => match.Groups[i].Value));
        Assert.Equal(("aa", "de"), (match.Groups["first"].Value, match.Groups["last"].Value));
    }

    [Fact]
    public void Compile_PatternThatBacktracksElsewhere_IsMatchedInLinearTime() =>
        Assert.DoesNotMatch(LabelPattern.Compile("(a+)+b|(a|a)*c|(.*)*d"), new string('a', 100_000));

    [Fact]
    public void Compile_DeepOrLongPattern_IsRefused()
    {
        Assert.Matches(LabelPattern.Compile(Repeat("(", 200) + "a" + Repeat(")", 200)), "a");
        Assert.Equal("This is no regular expression: it is nested deeper than 200 levels.", Assert.Throws<ArgumentException>(() => LabelPattern.Compile(Repeat("(", 5_000))).Message);
        Assert.Equal(
            "This regular expression has 100000 characters; 10000 are allowed where it is more than a list such as a|b|c.",
            Assert.Throws<ArgumentException>(() => LabelPattern.Compile(Repeat("(", 100_000))).Message);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a|b|", "a", "b", "")]
    [InlineData("", "")]
    public void Alternatives_ListOfTexts_GivesThem(string pattern, params string[] texts) => Assert.Equal(texts, LabelPattern.Alternatives(pattern));

    [Theory]
    [InlineData("a.b")]
    [InlineData("(a)")]
    [InlineData("^a")]
    public void Alternatives_MoreThanAList_GivesNone(string pattern) => Assert.Null(LabelPattern.Alternatives(pattern));

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    [GeneratedRegex("([+-])\"([^\"]*)\"")]
    private static partial Regex Value();
}
