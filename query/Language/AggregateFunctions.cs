using System.Globalization;

namespace Observe.Query.Language;

/// <summary>How aggregates are called.</summary>
internal static class AggregateFunctions
{
    /// <summary>The percentiles that have a name of their own.</summary>
    private static readonly Dictionary<string, double> Percentiles = Enumerable.Range(1, 99)
        .Select(percent => KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"p{percent:00}"), percent / 100.0))
        .Append(new("p999", 0.999))
        .Append(new("median", 0.5))
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, AggregateFunction> Functions =
        Enum.GetValues<AggregateFunction>().ToDictionary(function => function.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>All names, for suggestions.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Functions.Keys.Select(name => name.ToLowerInvariant()), "p50", "p90", "p95", "p99", "p999"];

    /// <summary>The function of a name, and the level of the quantile if the name says one.</summary>
    public static (AggregateFunction Function, double? Level)? TryParse(string name) =>
        Percentiles.TryGetValue(name, out double level) ? (AggregateFunction.Quantile, level)
        : Functions.TryGetValue(name, out AggregateFunction function) ? (function, null)
        : null;

    public static string Name(this AggregateFunction function) => function.ToString().ToLowerInvariant();

    /// <summary>The short name of a quantile's level, or null if there is none.</summary>
    public static string? PercentileName(double level) =>
        Percentiles.Where(pair => pair.Value == level && pair.Key != "median").Select(pair => pair.Key).FirstOrDefault();
}
