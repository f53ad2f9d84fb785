using Observe.Query.Fields;
using Observe.Query.Search;
using Observe.Ui.Search;

namespace Observe.Tests.Ui;

public sealed class QueryCompleterTests
{
    private static readonly FieldInfo[] Fields =
    [
        new(SearchSignal.Logs, "http.route", "attribute", ["string"]),
        new(SearchSignal.Logs, "odd key", "attribute", ["int"]),
    ];

    private static readonly string[] Services = ["checkout", "odd service"];

    [Theory]
    [InlineData("ro|", 0, 2, "http.route")]
    [InlineData("severity=er|", 9, 2, "error")]
    [InlineData("severity >= |", 12, 0, "fatal,error,warn,info,debug,trace")]
    [InlineData("service.name=che|", 13, 3, "checkout")]
    [InlineData("service.name!=odd|", 14, 3, "\"odd service\"")]
    [InlineData("odd|", 0, 3, "`odd key`")]
    [InlineData("spans kin|", 6, 3, "kind")]
    [InlineData("spans status=|", 13, 0, "error,ok,unset")]
    [InlineData("metrics uni|", 8, 3, "unit")]
    [InlineData("metrics type=|", 13, 0, "gauge,sum,histogram,exponential_histogram,summary")]
    [InlineData("type=|", 5, 0, "")]
    [InlineData("x=1 and sev| y", 8, 3, "severity,severity_text,severity_number")]
    [InlineData("SPANS status=|", 13, 0, "error,ok,unset")]
    [InlineData("spans kind=|", 11, 0, "server,client,internal,producer,consumer,unspecified")]
    [InlineData("metrics temporality=|", 20, 0, "cumulative,delta,unspecified")]
    [InlineData("metrics monotonic=|", 18, 0, "true,false")]
    [InlineData("\"a word ro|", 8, 0, "")]
    [InlineData("http.route=|", 11, 0, "")]
    [InlineData("trace_id|", 0, 8, "")]
    public void Complete_AtTheCaret_OffersWhatFits(string text, int start, int length, string expected)
    {
        int caret = text.IndexOf('|', StringComparison.Ordinal);
        Completion completion = QueryCompleter.Complete(text.Remove(caret, 1), caret, Fields, Services);

        Assert.Equal((start, length), (completion.Start, completion.Length));
        Assert.Equal(expected, string.Join(',', completion.Items.Select(item => item.Insert)));
    }

    [Theory]
    [InlineData("a=1", SearchSignal.Spans, "spans a=1")]
    [InlineData("logs a=1", SearchSignal.Spans, "spans a=1")]
    [InlineData("spans a=1", SearchSignal.Logs, "a=1")]
    [InlineData("spans", SearchSignal.Logs, "")]
    [InlineData("", SearchSignal.Spans, "spans")]
    [InlineData("spansional", SearchSignal.Spans, "spans spansional")]
    [InlineData("spans service=x", SearchSignal.Metrics, "metrics service=x")]
    [InlineData("metrics service=x", SearchSignal.Logs, "service=x")]
    public void WithSignal_Query_ExchangesTheFirstWordOnly(string query, SearchSignal signal, string expected) =>
        Assert.Equal(expected, QueryCompleter.WithSignal(query, signal));
}
