using System.Net;
using System.Text.Json;
using Observe.Storage.Engine;
using Observe.Tests.Query.Api;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Hostile;

/// <summary>Queries that would take the stack, the parser or the engine's compiler are refused with their position, or answered.</summary>
public sealed class LargeQueryTests(QueryApiFixture fixture) : IClassFixture<QueryApiFixture>, IAsyncLifetime
{
    /// <summary>The longest text that a query may be is far below; the longest body that the interface reads is a little above.</summary>
    private const int Megabyte = 1_000_000;

    public static TheoryData<string> Repeated =>
        ["(", ")", "not ", "-", "!", "|", "\"", "`", ",", "a ", "a or ", "a and (", "a=(", "x in (", "*", "\\", "\0", "😀", "\n", "a >> ", "spans ", "id:", "a:", "a~", "| where ", "| let x = ", "| let x = (", "1 + ", "=", "<", "'"];

    public static TheoryData<string> Deep =>
    [
        Repeat("(", 64) + "a" + Repeat(")", 64),
        Repeat("(", 60) + "a=5" + Repeat(")", 60),
        Repeat("not ", 64) + "a=5",
        Repeat("-", 64) + "a",
        Repeat("(a or ", 60) + "b" + Repeat(")", 60),
        Repeat("(not ", 32) + "b" + Repeat(")", 32),
        "a" + Repeat(" or a", 1990),
        "a=1" + Repeat(" or a=1", 1400),
        "a~\"x\"" + Repeat(" or a~\"x\"", 980),
        "a in (1" + Repeat(",1", 999) + ")",
        "attr.a not in (abcd" + Repeat(",abcd", 999) + ")",
        "severity in (error" + Repeat(",error", 999) + ")",
        "timestamp>now" + Repeat(" or timestamp>now", 580),
        "id:4bf92f3577b34da6a3ce929d0e0e4736" + Repeat(" or id:4bf92f3577b34da6a3ce929d0e0e4736", 240),
        "| let x = 1" + Repeat(" + 1", 2490),
        "| let x = 1" + Repeat("+1", 4900),
        "| let x = user.id" + Repeat(" + user.id", 800),
        "| let x = a" + Repeat(" and a", 1600),
        "| let x = 1" + Repeat(" = 1 or 1", 1000),
        "| let x = " + Repeat("(", 60) + "1" + Repeat(")", 60),
        "| let x = " + Repeat("-", 64) + "1",
        "| let x = " + Repeat("not ", 64) + "1",
        "| let x = " + Repeat("lower(", 60) + "body" + Repeat(")", 60),
        "| let x = " + Repeat("if(a, b, ", 60) + "c" + Repeat(")", 60),
        "| let x = " + Repeat("coalesce(user.id, ", 60) + "c" + Repeat(")", 60),
        "| let x = concat(body" + Repeat(",body", 990) + ")",
        "| let x = coalesce(user.id" + Repeat(",user.id", 990) + ")",
        "| where a" + Repeat(" | where a", 31),
        "| let x0 = body" + string.Concat(Enumerable.Range(1, 31).Select(i => $" | let x{i} = concat(x{i - 1}, x{i - 1})")),
        "| let x0 = user.id" + string.Concat(Enumerable.Range(1, 31).Select(i => $" | let x{i} = if(x{i - 1} = x{i - 1}, x{i - 1}, concat(x{i - 1}, x{i - 1}))")) + " | where x31 = 5",
        "| let x = 1e308" + string.Concat(Enumerable.Range(1, 31).Select(_ => " | let x = x * x + x")),
        "| stats " + Columns(i => $"count() as a{i}") + string.Concat(Enumerable.Range(1, 31).Select(_ => " | where a1 > 0")),
        "| stats " + Columns(i => $"values(user.id, 1000) as a{i}"),
        "| stats " + Columns(i => $"p99(user.id) as a{i}") + " by user.id, host.name",
        "| stats count() by " + Columns(i => $"f{i}"),
        "| sort " + Columns(i => $"f{i}"),
        "| fields " + Columns(i => $"f{i}") + " | dedup " + Columns(i => $"f{i}") + " | limit 1000000",
        string.Concat(Enumerable.Repeat("| sort user.id | limit 1000000 | dedup user.id", 10)),
        string.Concat(Enumerable.Repeat("| parse json | parse logfmt ", 16)),
        "| parse json | parse logfmt | where " + string.Join(' ', Enumerable.Range(0, 300).Select(i => $"f{i}=1")),
        "| top 5 by user.id | stats count() by top(1000, user.id)",
        "spans a=1 >> a=1 >> a=1 >> a=1 >> a=1",
        "spans * >> * >> * >> * >> *",
        "spans (a or b) >> (a or b) | traces | stats count() by name",
        "| stats count() by bin(1ns)",
        "| stats count() by bin(0.0000001ms)",
        "| stats count() by bin(99999999999999999d)",
        "| stats count() by bin(flags, 0.000000000000000000001)",
        "| stats count() by bin(flags, 1e308)",
        "| stats quantile(0.99999999999999999999, flags)",
        "| stats values(body, 1000) by user.id, body, trace_id, bin(1s)",
        "| limit 1000000 | top 1000000 by body",
        "| limit 99999999999999999999",
        "| let x = substr(body, 9223372036854775807, 9223372036854775807)",
        "| let x = substr(body, -9223372036854775808, 1e300)",
        "| let x = round(1e300, 15) | let y = floor(number(\"1e999\")) | where y > 5",
        "| let x = 9223372036854775807 + 9223372036854775807 | let y = 9223372036854775807 * 1s",
        "timestamp>9223372036854775807",
        "timestamp>1970-01-01 timestamp<2262-04-11",
        "timestamp>now-99999999999w",
        "flags>99999999999999999999999",
        "spans duration>99999999999999999999d",
        "x>1e309",
        "x=1e309",
    ];

    public static TheoryData<string> Patterns =>
    [
        "(a+)+$", "(a|a)*b", "(.*)*x{1000}", "(x+x+)+y", "((a{1,100}){1,100}){1,100}", "(?:a?){1000}a{1000}", "a{1001}", "(((a{30}){30}){30})", "[\\p{L}]{1000}", "(?i)" + Repeat("ß|", 900) + "x",
        Repeat("(", 900) + "a" + Repeat(")", 900), Repeat("(a|", 900) + "b" + Repeat(")", 900), Repeat("a*", 2000), "(?P<n>a)\\1", "(?<=a)b", "\\C", "\\Q", "[", "[[:alpha:]", "(?", "*", "+", "a**", "\\8", "\\x{110000}",
        "(?s).*.*.*.*.*.*.*.*.*.*x", ".{1000}.{1000}.{1000}", "^(([a-z])+.)+[A-Z]([a-z])+$", "\\pN{1000}|" + Repeat("\\pL{100}", 30),
    ];

    /// <summary>A text in which a pattern would go back and forth for ever, were it not RE2.</summary>
    public async ValueTask InitializeAsync() => await fixture.Engine.ExecuteAsync(
        new SqlStatement($"INSERT INTO logs (Timestamp, ServiceName, Body) SELECT fromUnixTimestamp64Nano({Seed.Base}, 'UTC'), 'load', repeat('a', 100000)"), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await HostileCalls.AssertWellAsync(fixture);
        GC.SuppressFinalize(this);
    }

    [Theory]
    [MemberData(nameof(Repeated))]
    public async Task Megabyte_OfOneText_IsRefusedWithAPosition(string text)
    {
        await RefusedAsync(Repeat(text, (Megabyte / JsonSerializer.Serialize(text).Length) + 1));
        await AnsweredOrRefusedAsync(Repeat(text, 10_000 / text.Length));
        await AnsweredOrRefusedAsync("spans a " + Repeat(text, 9_000 / text.Length));
        await AnsweredOrRefusedAsync("| let x = " + Repeat(text, 9_000 / text.Length));
    }

    [Theory]
    [MemberData(nameof(Deep))]
    public Task LargeQuery_OfAnyShape_IsAnsweredOrRefused(string query) => AnsweredOrRefusedAsync(query);

    [Theory]
    [MemberData(nameof(Patterns))]
    public async Task Pattern_ThatBacktracksElsewhere_IsAnsweredOrRefused(string pattern)
    {
        string quoted = pattern.Replace("\\", "\\\\", StringComparison.Ordinal);
        await AnsweredOrRefusedAsync($"body~\"{quoted}\" service.name=load | stats count()");
        await AnsweredOrRefusedAsync($"user.id~\"{quoted}\" or body!~\"{quoted}\" | stats count()");
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, Math.Max(count, 1)));

    private static string Columns(Func<int, string> column) => string.Join(", ", Enumerable.Range(0, 64).Select(column));

    private async Task RefusedAsync(string query)
    {
        (HttpStatusCode status, string body) = await HostileCalls.SendAsync(fixture.Client, query);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        HostileCalls.AssertAnsweredOrRefused(query, status, body);
    }

    private async Task AnsweredOrRefusedAsync(string query)
    {
        (HttpStatusCode status, string body) = await HostileCalls.SendAsync(fixture.Client, query);
        HostileCalls.AssertAnsweredOrRefused(query, status, body);
    }
}
