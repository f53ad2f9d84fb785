using Observe.Ingest.Memory;
using Observe.Ingest.Otlp.Decoding;
using Observe.Ingest.Otlp.Messages;

namespace Observe.Ingest.Catalog;

/// <summary>Knows instrumentation scopes by the bytes in which they were sent, as <see cref="ResourceCache"/> knows resources.</summary>
internal sealed class ScopeCache
{
    private const int MaxEntries = 10_000;
    private const long MaxBytes = 8 << 20;

    private readonly ByteKeyedCache<ScopeInfo> _known = new(MaxEntries, MaxBytes);
    private readonly ByteScratch _key = new();
    private readonly ByteScratch _canonical = new();

    public ScopeInfo Get(in ScopeEnvelope envelope)
    {
        _key.Clear();
        CanonicalForm.WriteBytes(_key, envelope.SchemaUrl);
        _key.Append(envelope.Scope);
        if (!_known.TryGet(_key.Span, out ScopeInfo? info))
        {
            info = Describe(envelope);
            _known.Add(_key.Span, info);
        }

        return info;
    }

    private ScopeInfo Describe(in ScopeEnvelope envelope)
    {
        var scope = new ScopeMessage(envelope.Scope);
        _canonical.Clear();
        CanonicalForm.WriteBytes(_canonical, envelope.SchemaUrl);
        CanonicalForm.WriteBytes(_canonical, scope.ScopeName);
        CanonicalForm.WriteBytes(_canonical, scope.Version);
        CanonicalForm.WriteInt64(_canonical, scope.DroppedAttributesCount);
        CanonicalForm.WriteAttributes(_canonical, scope.Attributes);
        return new(CanonicalForm.Id(_canonical.Span), Utf8Text.Valid(scope.ScopeName).ToArray());
    }
}
