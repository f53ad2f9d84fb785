using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

using Observe.Query.Search;
using Observe.Ui.Search;
using Observe.Ui.Time;

namespace Observe.Ui.Layout;

/// <summary>Which page of the rail an address belongs to, and the time range that the rail's links keep.</summary>
public sealed record RailPlace(string Page, RangeText Range)
{
    public const string Logs = "logs";
    public const string Traces = "traces";
    public const string Services = "services";

    /// <param name="address">Relative to the root.</param>
    /// <param name="kept">The range when the address has none, as a trace's.</param>
    public static RailPlace Of(string address, RangeText kept)
    {
        int mark = address.IndexOf('?', StringComparison.Ordinal);
        string path = mark < 0 ? address : address[..mark];
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(mark < 0 ? "" : address[mark..]);
        RangeText range = query.TryGetValue("from", out StringValues from)
            ? SearchAddress.From(null, from, query.GetValueOrDefault("to"), null, null).Range
            : kept;

        string page = path switch
        {
            "search" => QueryCompleter.SignalOf(query.GetValueOrDefault("q").ToString()) == SearchSignal.Spans ? Traces : Logs,
            "services" => Services,
            _ when path.StartsWith("trace/", StringComparison.Ordinal) => Traces,
            _ => "",
        };
        return new RailPlace(page, range);
    }
}
