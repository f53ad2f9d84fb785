using Observe.Query.PromQL.Selection;
using Observe.Query.Time;

namespace Observe.Query.MetricBrowser;

/// <summary>Which metrics are wanted.</summary>
/// <param name="Range">When their series were seen, by day.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Offset">Passes over the first ones.</param>
/// <param name="NamePart">
/// A part of the name, in any case; an underscore stands for any character, so that <c>http_server</c> finds <c>http.server.duration</c>. Empty for all.
/// </param>
/// <param name="Service">Whose; null for all. The figures are then of this service's series alone.</param>
/// <param name="Type">Of this type; null for all.</param>
public sealed record MetricsRequest(TimeRange Range, int Limit, int Offset = 0, string NamePart = "", string? Service = null, MetricType? Type = null);
