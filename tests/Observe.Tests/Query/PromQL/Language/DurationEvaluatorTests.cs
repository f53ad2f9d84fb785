using Observe.Query.PromQL.Language;

namespace Observe.Tests.Query.PromQL.Language;

public sealed class DurationEvaluatorTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Range = TimeSpan.FromHours(1);

    [Theory]
    [InlineData("5m", "00:05:00")]
    [InlineData("300", "00:05:00")]
    [InlineData("0.0015", "00:00:00.0015")]
    [InlineData("5m * 2", "00:10:00")]
    [InlineData("10m - 1m", "00:09:00")]
    [InlineData("(5 + 2) * 1m", "00:07:00")]
    [InlineData("1h / 2", "00:30:00")]
    [InlineData("4h % 3h", "01:00:00")]
    [InlineData("(2 ^ 3) * 1m", "00:08:00")]
    [InlineData("step() + 1", "00:00:16")]
    [InlineData("range()", "01:00:00")]
    [InlineData("max_of(step(), 5s)", "00:00:15")]
    [InlineData("min_of(2 * step() + 5s, 5m)", "00:00:35")]
    [InlineData("-(-step())", "00:00:15")]
    public void Length_Duration_IsComputed(string text, string expected) => Assert.Equal(TimeSpan.Parse(expected, null), Length(text, Step, Range));

    [Theory]
    [InlineData("step() - 15s", "A range or step is longer than 0.", 2, 12)]
    [InlineData("-step()", "A range or step is longer than 0.", 2, 7)]
    [InlineData("1h / (step() - 15s)", "This is 0, and nothing can be divided by it.", 7, 14)]
    [InlineData("1h % (step() - 15s)", "This is 0, and nothing can be divided by it.", 7, 14)]
    [InlineData("(step() - 1h) ^ 0.5", "This comes to no finite duration.", 2, 19)]
    [InlineData("10 ^ step() ^ 5", "This comes to no finite duration.", 2, 15)]
    [InlineData("step() * 100y", "This is longer than 292 years, the longest duration.", 2, 13)]
    public void Length_OfNoLength_IsRefused(string text, string message, int start, int length)
    {
        var error = Assert.Throws<PromQLException>(() => Length(text, Step, Range));
        Assert.Equal((message, start, length), (error.Message, error.Position.Start, error.Position.Length));
    }

    [Fact]
    public void Length_InAnInstantQuery_HasNoStep() => Assert.Throws<PromQLException>(() => Length("step()", TimeSpan.Zero, TimeSpan.Zero));

    [Theory]
    [InlineData("x", "00:00:00")]
    [InlineData("x offset 5m", "00:05:00")]
    [InlineData("x offset -5m", "-00:05:00")]
    [InlineData("x offset -step()", "-00:00:15")]
    [InlineData("x offset (step() - 15s)", "00:00:00")]
    public void Offset_Duration_MayBeNegativeOrNothing(string query, string expected)
    {
        var selector = Assert.IsType<VectorSelector>(PromQLParser.Parse(query));
        Assert.Equal(TimeSpan.Parse(expected, null), new DurationEvaluator(Step, Range, query).Offset(selector.Offset));
    }

    private static TimeSpan Length(string text, TimeSpan step, TimeSpan range)
    {
        string query = $"x[{text}]";
        return new DurationEvaluator(step, range, query).Length(Assert.IsType<RangeSelector>(PromQLParser.Parse(query)).Range);
    }
}
