using Observe.Storage.Ingest;

namespace Observe.Query.Cardinality;

/// <summary>What a question about numbers of series came to.</summary>
/// <param name="FirstDay">The first day that is counted.</param>
/// <param name="LastDay">The last one.</param>
/// <param name="Limits">Those of ingest in this process; null where it does not ingest.</param>
/// <param name="Series">Of all metrics, or of the one that was asked about.</param>
/// <param name="Rows">The largest, or those that grew most.</param>
/// <param name="RowCount">How many rows there are without the request's limit.</param>
/// <param name="RefusedPoints">Of all metrics, or of the one that was asked about.</param>
/// <param name="Notices">What the user should know besides.</param>
public sealed record CardinalityAnswer(
    DateOnly FirstDay, DateOnly LastDay, MetricLimits? Limits, Growth Series, IReadOnlyList<CardinalityRow> Rows, long RowCount, long RefusedPoints,
    IReadOnlyList<string> Notices);
