namespace Observe.Query.Compilation;

/// <summary><c>id:VALUE</c>: three places, each with a bloom filter or few enough rows, in every spelling of the id.</summary>
internal static class CorrelationCondition
{
    public static string Compile(ParameterBag parameters, string value)
    {
        var conditions = new List<string> { $"hasAny(CorrelationIds, {parameters.Add(HexId.Spellings(value))})" };
        if (HexId.TryNormalize(value, HexId.TraceIdBytes, out string? traceId))
        {
            conditions.Add($"TraceId = unhex({parameters.Add(traceId)})");
        }

        // Span ids have no index: only a value that can be one is looked for there.
        if (HexId.TryNormalize(value, HexId.SpanIdBytes, out string? spanId))
        {
            conditions.Add($"SpanId = unhex({parameters.Add(spanId)})");
        }

        return conditions.Count == 1 ? conditions[0] : $"({string.Join(" OR ", conditions)})";
    }
}
