using Observe.Query.PromQL.Language;
using Observe.Tests.Query.Cases;

namespace Observe.Tests.Query.PromQL.Language;

public sealed class PromQLPrinterTests
{
    public static TheoryData<string, string> Printed => CaseFile.Read("PromQL/printed.txt");

    public static TheoryData<string, string> Trees => CaseFile.Read("PromQL/trees.txt");

    [Theory]
    [MemberData(nameof(Printed))]
    public void Print_ParsedText_GivesCanonicalText(string text, string printed)
    {
        Assert.Equal(printed, PromQLPrinter.Print(PromQLParser.Parse(text)));
        Assert.Equal(printed, PromQLPrinter.Print(PromQLParser.Parse(printed)));
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public void Print_ParsedText_ParsesToTheSameTree(string text, string tree)
    {
        Expression again = PromQLParser.Parse(PromQLPrinter.Print(PromQLParser.Parse(text)));
        Assert.Equal(tree, $"{again.Type} {TreeText.Of(again)}");
    }

    [Fact]
    public void Print_RandomTree_ParsesToTheSameTree()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var trees = new RandomTrees(new Random(seed));
        for (int i = 0; i < 5000; i++)
        {
            Expression tree = trees.Any(depth: 5);
            string text = PromQLPrinter.Print(tree);
            Assert.Equal($"{TreeText.Of(tree)} seed {seed}: {text}", $"{TreeText.Of(PromQLParser.Parse(text))} seed {seed}: {text}");
        }
    }
}
