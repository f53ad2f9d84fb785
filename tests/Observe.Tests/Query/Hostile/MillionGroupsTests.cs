using System.Diagnostics;
using System.Net;
using Observe.Storage.Engine;
using Observe.Tests.Query.Api;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Hostile;

/// <summary>Queries over a million different values are answered within the limits of time, memory and rows, or refused by one of them, and the next question is answered as ever.</summary>
public sealed class MillionGroupsTests(QueryApiFixture fixture) : IClassFixture<QueryApiFixture>, IAsyncLifetime
{
    private const int Groups = 1_000_000;

    /// <summary>The time limit of a query, and what it takes to notice.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(45);

    private static bool _isFilled;

    public async ValueTask InitializeAsync()
    {
        if (!_isFilled)
        {
            _isFilled = true;

            // By SQL, for a million rows by a decoder would take most of the test's time.
            await fixture.Engine.ExecuteAsync(
                new SqlStatement(
                    $"INSERT INTO logs (Timestamp, ServiceName, Body) SELECT fromUnixTimestamp64Nano({Seed.Base} + toInt64(number * 1000000), 'UTC'), 'load', concat('aaaaaaaaaa group ', toString(number)) FROM numbers({Groups})"),
                TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await HostileCalls.AssertWellAsync(fixture);
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("| stats count() by body")]
    [InlineData("| stats count(), values(body, 1000), distinct(body), p99(severity_number), first(body), last(body) by body")]
    [InlineData("| stats values(body, 1000), distinct(body)")]
    [InlineData("| stats count() by body, bin(1s)")]
    [InlineData("| stats count() by top(1000, body), bin(auto)")]
    [InlineData("| stats count() as n by body | stats distinct(body), sum(n), max(body)")]
    [InlineData("| stats count() as n by body | sort n desc, body | limit 1000000")]
    [InlineData("| top 1000000 by body")]
    [InlineData("| limit 1000000")]
    [InlineData("| sort body | limit 1000000")]
    [InlineData("| dedup body | limit 1000000")]
    [InlineData("| dedup body, trace_id, attr.x | sort body | dedup body")]
    [InlineData("| let x = concat(body, body, body, body, body, body, body, body) | stats count() by x")]
    [InlineData("| parse \"group <n:number>\" | stats count() by n")]
    [InlineData("| parse \"<a>a<b>a<c>a<d>a<e>a<f>a<g> group <n>\" | stats count() by a, b, c, d, e, f, g, n")]
    [InlineData("| patterns")]
    [InlineData("| let x = body | patterns")]
    [InlineData("| parse logfmt | stats count() by aaaa")]
    public async Task Query_OverAMillionValues_StaysWithinTheLimits(string query)
    {
        var watch = Stopwatch.StartNew();
        (HttpStatusCode status, string body) = await HostileCalls.SendAsync(fixture.Client, query);
        TestContext.Current.TestOutputHelper?.WriteLine($"{(int)status} after {watch.Elapsed.TotalSeconds:0.00} s");
        HostileCalls.AssertAnsweredOrRefused(query, status, body);
        Assert.True(watch.Elapsed < Longest, $"{watch.Elapsed} {query}");
    }
}
