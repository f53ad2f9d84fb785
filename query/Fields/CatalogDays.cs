using Observe.Query.Compilation;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;

namespace Observe.Query.Fields;

/// <summary>What statements over the field catalogue have in common.</summary>
internal static class CatalogDays
{
    /// <summary>The days that a range touches.</summary>
    public static string Condition(ParameterBag parameters, TimeRange range) =>
        $"Day >= toDate({parameters.AddTime(range.From)}, 'UTC') AND Day <= toDate({parameters.AddTime(range.To)}, 'UTC')";

    /// <summary>The catalogue's word for a signal.</summary>
    public static string Signal(SearchSignal signal) => SignalWords.Of(signal);
}
