using Observe.Query.PromQL.Histograms;

namespace Observe.Tests.Query.PromQL.Histograms;

public sealed class CounterResetTests
{
    [Theory]
    [InlineData("count:3 buckets:[1 2]", "count:3 buckets:[1 2]", false)]
    [InlineData("count:3 buckets:[1 2]", "count:5 buckets:[1 2 2]", false)]
    [InlineData("count:3 sum:9 buckets:[1 2]", "count:3 sum:-9 buckets:[1 2]", false)]
    [InlineData("count:3 buckets:[1 2]", "count:2 buckets:[1 2]", true)]
    [InlineData("count:3 buckets:[1 2]", "count:5 buckets:[0 5]", true)]
    [InlineData("count:3 buckets:[1 2]", "count:5 offset:1 buckets:[5]", true)]
    [InlineData("count:3 n_buckets:[1 2]", "count:5 n_buckets:[4 1]", true)]
    [InlineData("count:3 buckets:[1 2]", "count:5", true)]
    [InlineData("count:3 z_bucket:3", "count:5 z_bucket:2 buckets:[3]", true)]
    // The zero bucket became narrower; wider, and ends between buckets; wider, and ends in a populated one, or an empty one.
    [InlineData("count:3 z_bucket:3 z_bucket_w:0.5", "count:5 z_bucket:5 z_bucket_w:0.25", true)]
    [InlineData("count:3 buckets:[1 2]", "count:5 z_bucket:1 z_bucket_w:1 offset:1 buckets:[4]", false)]
    [InlineData("count:3 buckets:[1 2]", "count:5 z_bucket:0 z_bucket_w:1 offset:1 buckets:[4]", true)]
    [InlineData("count:3 buckets:[1 2]", "count:5 z_bucket:5 z_bucket_w:1.5", true)]
    [InlineData("count:3 buckets:[1 0 2]", "count:5 z_bucket:1 z_bucket_w:1.5 offset:2 buckets:[4]", false)]
    // The schema rose; fell, with more in the merged bucket; fell, with less.
    [InlineData("count:3 buckets:[1 2]", "schema:1 count:5 buckets:[1 4]", true)]
    [InlineData("schema:1 count:3 offset:1 buckets:[1 2]", "count:4 offset:1 buckets:[4]", false)]
    [InlineData("schema:1 count:3 offset:1 buckets:[1 2]", "count:4 offset:1 buckets:[2 2]", true)]
    [InlineData("schema:-53 count:3 custom_values:[1 2] buckets:[1 2]", "schema:-53 count:4 custom_values:[1 2] buckets:[1 3]", false)]
    [InlineData("schema:-53 count:3 custom_values:[1 2] buckets:[1 2]", "schema:-53 count:4 custom_values:[1 2] buckets:[0 4]", true)]
    [InlineData("schema:-53 count:3 custom_values:[1 2] buckets:[1 2]", "schema:-53 count:4 custom_values:[2] buckets:[4]", false)]
    [InlineData("schema:-53 count:3 custom_values:[1 2] buckets:[1 2]", "schema:-53 count:4 custom_values:[2] buckets:[2 2]", true)]
    [InlineData("schema:-53 count:3 custom_values:[1] buckets:[1 2]", "schema:-53 count:4 custom_values:[1 2] buckets:[1 1 2]", false)]
    [InlineData("schema:-53 count:3 custom_values:[1] buckets:[3]", "count:5 buckets:[5]", true)]
    [InlineData("count:5 buckets:[5]", "schema:-53 count:6 custom_values:[1] buckets:[6]", true)]
    // What is known needs no look.
    [InlineData("count:3 buckets:[1 2]", "count:5 buckets:[3 2] counter_reset_hint:reset", true)]
    [InlineData("count:3 buckets:[1 2]", "count:1 buckets:[1] counter_reset_hint:not_reset", false)]
    [InlineData("count:3 buckets:[1 2] counter_reset_hint:reset", "count:5 buckets:[3 2]", false)]
    [InlineData("count:3 buckets:[1 2]", "count:1 buckets:[1] counter_reset_hint:gauge", true)]
    public void Between_TwoHistograms_IsWhetherAnythingFell(string previous, string current, bool expected) =>
        Assert.Equal(expected, CounterReset.Between(HistogramText.Parse(previous), HistogramText.Parse(current)));
}
