using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>A resource and what it sent: <c>ResourceLogs</c>, <c>ResourceSpans</c> and <c>ResourceMetrics</c>, which are laid out alike.</summary>
/// <remarks>
/// <code>
/// Export…ServiceRequest: repeated Resource… = 1
/// Resource…:             Resource resource = 1; repeated Scope… = 2; string schema_url = 3
/// </code>
/// <see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/logs/v1/logs.proto"/> and its siblings.
/// <para>Here and in all messages of this folder: a single field that was sent twice counts as sent last. (The encoding's rule of merging
/// two occurrences of a message is not followed: no OTLP sender writes them.)</para>
/// </remarks>
internal readonly ref struct ResourceEnvelope
{
    private const string Name = "ResourceLogs/ResourceSpans/ResourceMetrics";

    private const uint ResourceTag = (1 << 3) | WireType.LengthDelimited;
    private const uint ScopeTag = (2 << 3) | WireType.LengthDelimited;
    private const uint SchemaUrlTag = (3 << 3) | WireType.LengthDelimited;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FieldRun _scopes;

    public ResourceEnvelope(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        var reader = new WireReader(bytes, Name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            switch (tag)
            {
                case ResourceTag:
                    Resource = reader.ReadBytes();
                    break;
                case SchemaUrlTag:
                    SchemaUrl = reader.ReadBytes();
                    break;
                case ScopeTag:
                    reader.ReadBytes();
                    _scopes.Add(reader);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
    }

    /// <summary>A <see cref="ResourceMessage"/>.</summary>
    public ReadOnlySpan<byte> Resource { get; }

    public ReadOnlySpan<byte> SchemaUrl { get; }

    /// <summary>Each a <see cref="ScopeEnvelope"/>.</summary>
    public RepeatedField Scopes => new(_bytes, _scopes, ScopeTag, Name);

    /// <summary>The envelopes of a whole request.</summary>
    public static RepeatedField AllOf(ReadOnlySpan<byte> request) => new(request, ResourceTag, "Export…ServiceRequest");
}
