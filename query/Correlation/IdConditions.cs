using Observe.Query.Compilation;
using Observe.Query.Compilation.Targets;
using Observe.Query.Search;
using Observe.Query.Time;

namespace Observe.Query.Correlation;

/// <summary>Where in a table an id may stand: one condition for each index, because each then reads no more than its own column.</summary>
/// <param name="Spellings">The id.</param>
/// <param name="Range">The time in which records lie; null for all.</param>
/// <param name="TracesOfSpans">
/// The traces that the spans with this id belong to. Only the span's own id has an index; what refers to it (its children, its logs) is of the same trace.
/// </param>
/// <param name="InText">Whether logs are asked whose text holds the id.</param>
internal sealed record IdConditions(IdSpellings Spellings, TimeRange? Range, IReadOnlyList<string> TracesOfSpans, bool InText)
{
    /// <summary>SQL conditions of which one must hold.</summary>
    public IReadOnlyList<string> Of(SearchSignal signal, ParameterBag parameters)
    {
        List<string> conditions =
        [
            .. CorrelationCondition.Is(parameters, "TraceId", Spellings.TraceIds),
            .. OfSpan(signal, parameters),
            CorrelationCondition.CarriesText(parameters, Spellings),
        ];
        if (InText && signal == SearchSignal.Logs)
        {
            conditions.Add(new IndexedTextColumn("Body").Contains(parameters, Spellings.Id, isPrefix: false));
        }

        return conditions;
    }

    private IEnumerable<string> OfSpan(SearchSignal signal, ParameterBag parameters)
    {
        string? trace = CorrelationCondition.Is(parameters, "TraceId", TracesOfSpans).FirstOrDefault();
        string within = trace is null ? "" : $"{trace} AND ";
        foreach (string isSpan in CorrelationCondition.Is(parameters, "SpanId", Spellings.SpanIds))
        {
            // Without its span a span id is looked for in the whole column: 8 bytes a record.
            yield return $"({within}{isSpan})";
        }

        if (signal == SearchSignal.Spans)
        {
            foreach (string isChild in CorrelationCondition.Is(parameters, "ParentSpanId", Spellings.SpanIds))
            {
                yield return $"({within}{isChild})";
            }
        }
    }
}
