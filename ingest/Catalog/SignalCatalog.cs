using Observe.Ingest.Cardinality;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Correlation;
using Observe.Storage.Batches;

namespace Observe.Ingest.Catalog;

/// <summary>What one signal's pipeline remembers between batches. Used by one thread at a time, so each signal has its own.</summary>
internal sealed class SignalCatalog(
    FieldSignal signal, RecordLimits? limits = null, CorrelationIdOptions? correlationIds = null, SeriesAdmission? admission = null)
{
    /// <summary>How much of a record is kept; those that the validator has.</summary>
    public RecordLimits Limits { get; } = limits ?? RecordLimits.Default;

    /// <summary>Which attributes are ids.</summary>
    public CorrelationIdOptions CorrelationIds { get; } = correlationIds ?? new();

    public FieldSignal Signal => signal;

    public ResourceCache Resources { get; } = new();

    public ScopeCache Scopes { get; } = new();

    public SeriesCache Series { get; } = new(limits ?? RecordLimits.Default);

    /// <summary>Which series go in.</summary>
    public SeriesAdmission Admission { get; } = admission ?? SeriesAdmission.Unlimited;

    public BoundsCache Bounds { get; } = new();

    /// <summary>Ids by day of what stands in <c>resources</c>.</summary>
    public WrittenKeys<(ulong Id, ushort Day)> WrittenResources { get; } = new(50_000);

    /// <summary>Ids by day of what stands in <c>scopes</c>.</summary>
    public WrittenKeys<(ulong Id, ushort Day)> WrittenScopes { get; } = new(50_000);

    /// <summary>Ids by day of what stands in <c>metric_series</c>.</summary>
    public WrittenKeys<(ulong Id, ushort Day)> WrittenSeries { get; } = new(1_000_000);

    /// <summary>Ids by day of what stands in <c>histogram_bounds</c>.</summary>
    public WrittenKeys<(ulong Id, ushort Day)> WrittenBounds { get; } = new(50_000);

    /// <summary>What stands in <c>fields</c>.</summary>
    public WrittenKeys<FieldKey> WrittenFields { get; } = new(100_000);
}
