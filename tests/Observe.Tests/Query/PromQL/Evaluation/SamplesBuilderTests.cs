using Observe.Query.PromQL.Evaluation;

namespace Observe.Tests.Query.PromQL.Evaluation;

public sealed class SamplesBuilderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("1 2 3", "1 2 3")]
    [InlineData("4 5 6 1 2 3", "1 2 3 4 5 6")]
    [InlineData("7 8 4 5 1 2", "1 2 4 5 7 8")]
    [InlineData("1 4 7 2 5 8", "1 2 4 5 7 8")]
    [InlineData("3 2 1", "1 2 3")]
    [InlineData("1 2 3 4 3 5", "1 2 3 4 5")]
    [InlineData("5 5 1 1", "1 5")]
    public void Build_RunsInAnyOrder_AreInTheOrderOfTimeEachOnce(string added, string expected)
    {
        Samples<string> samples = Of(added).Build();
        Assert.Equal(expected, string.Join(' ', samples.Times.ToArray()));
        Assert.Equal(samples.Count, samples.Values.Length);
        for (int i = 0; i < samples.Count; i++)
        {
            // The last that was added for a time.
            Assert.Equal($"{samples.Times[i]}:{Array.LastIndexOf(added.Split(' '), $"{samples.Times[i]}")}", samples.Values[i]);
        }
    }

    private static SamplesBuilder<string> Of(string times)
    {
        var samples = new SamplesBuilder<string>();
        string[] each = times.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < each.Length; i++)
        {
            samples.Add(long.Parse(each[i], System.Globalization.CultureInfo.InvariantCulture), $"{each[i]}:{i}");
        }

        return samples;
    }
}
