namespace Observe.Bench.Questions;

/// <summary>What the questions need to know of the data.</summary>
/// <param name="TraceId">Of a trace in the middle of the range.</param>
/// <param name="UserId">One of 20,000 users.</param>
/// <param name="Rows">Records by table.</param>
internal sealed record KnownValues(
    DateTimeOffset From, DateTimeOffset To, string TraceId, string UserId, IReadOnlyDictionary<string, long> Rows)
{
    /// <summary>The time in which so many records of a table lie, at the end of the range; null when it has fewer.</summary>
    public double? HoursOf(string table, long records) =>
        Rows.GetValueOrDefault(table) > records ? (To - From).TotalHours * records / Rows[table] : null;
}
