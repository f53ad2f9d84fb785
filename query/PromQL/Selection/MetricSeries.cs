using System.Globalization;
using Observe.Query.PromQL.Evaluation;

namespace Observe.Query.PromQL.Selection;

/// <summary>A series as it is stored.</summary>
/// <param name="Id">By which its points refer to it.</param>
/// <param name="IsDelta">Whether its points are increments.</param>
/// <param name="Labels">With the name by which it was asked for.</param>
internal sealed record MetricSeries(ulong Id, bool IsDelta, Labels Labels)
{
    /// <summary>With a label that tells it from others which have the same ones.</summary>
    public MetricSeries WithId() => this with { Labels = Labels.With(SeriesLabels.SeriesId, Id.ToString("x16", CultureInfo.InvariantCulture)) };
}
