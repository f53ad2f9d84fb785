using Observe.Ingest.Memory;
using Observe.Ingest.Otlp.Decoding;
using Observe.Ingest.Otlp.Messages;

namespace Observe.Ingest.Catalog;

/// <summary>Knows resources by the bytes in which they were sent, so that each is hashed once and not once a request.</summary>
internal sealed class ResourceCache
{
    private const int MaxEntries = 10_000;
    private const long MaxBytes = 16 << 20;

    private static readonly byte[] UnknownService = "unknown_service"u8.ToArray();

    private readonly ByteKeyedCache<ResourceInfo> _known = new(MaxEntries, MaxBytes);
    private readonly ByteScratch _key = new();
    private readonly ByteScratch _canonical = new();

    public ResourceInfo Get(in ResourceEnvelope envelope)
    {
        _key.Clear();
        CanonicalForm.WriteBytes(_key, envelope.SchemaUrl);
        _key.Append(envelope.Resource);
        if (!_known.TryGet(_key.Span, out ResourceInfo? info))
        {
            info = Describe(envelope);
            _known.Add(_key.Span, info);
        }

        return info;
    }

    private ResourceInfo Describe(in ResourceEnvelope envelope)
    {
        var resource = new ResourceMessage(envelope.Resource);
        _canonical.Clear();
        CanonicalForm.WriteBytes(_canonical, envelope.SchemaUrl);
        CanonicalForm.WriteInt64(_canonical, resource.DroppedAttributesCount);
        CanonicalForm.WriteAttributes(_canonical, resource.Attributes);

        byte[] serviceName = [];
        byte[] serviceNamespace = [];
        foreach (ReadOnlySpan<byte> attribute in resource.Attributes)
        {
            var keyValue = new KeyValueMessage(attribute);
            AnyValueMessage value = keyValue.Value;
            if (value.Kind != AnyValueKind.String)
            {
                continue;
            }

            if (serviceName.Length == 0 && keyValue.Key.SequenceEqual("service.name"u8))
            {
                serviceName = Utf8Text.Valid(value.Content).ToArray();
            }
            else if (serviceNamespace.Length == 0 && keyValue.Key.SequenceEqual("service.namespace"u8))
            {
                serviceNamespace = Utf8Text.Valid(value.Content).ToArray();
            }
        }

        return new(CanonicalForm.Id(_canonical.Span), serviceName.Length == 0 ? UnknownService : serviceName, serviceNamespace);
    }
}
