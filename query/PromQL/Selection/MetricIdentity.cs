using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>What decides under which names a metric can be asked for.</summary>
/// <param name="Name">As sent, such as <c>http.server.request.duration</c>.</param>
/// <param name="Unit">In UCUM, as sent.</param>
/// <param name="Type">The kind of its points.</param>
/// <param name="IsMonotonic">Whether a sum only grows.</param>
public sealed record MetricIdentity(string Name, string Unit, MetricType Type, bool IsMonotonic)
{
    /// <summary>The metric of a row with the columns MetricName, Unit, TypeNumber and IsMonotonic.</summary>
    internal static MetricIdentity Of(ResultBlock block, int row) => new(
        block["MetricName"].GetString(row), block["Unit"].GetString(row), (MetricType)block["TypeNumber"].GetInt64(row), block["IsMonotonic"].GetValue(row) is true);
}
