using Observe.Ingest.Otlp.Messages;

namespace Observe.Ingest.Catalog;

/// <summary>Where a run of records comes from: what is known of it, and the messages that say so.</summary>
internal readonly ref struct RecordOrigin(ResourceInfo resource, ResourceEnvelope resourceEnvelope, ScopeInfo scope, ScopeEnvelope scopeEnvelope)
{
    public ResourceInfo Resource { get; } = resource;

    public ResourceEnvelope ResourceEnvelope { get; } = resourceEnvelope;

    public ScopeInfo Scope { get; } = scope;

    public ScopeEnvelope ScopeEnvelope { get; } = scopeEnvelope;
}
