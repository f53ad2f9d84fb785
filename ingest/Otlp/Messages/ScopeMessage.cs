using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>The library that made the records.</summary>
/// <remarks><see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto"/>, <c>message InstrumentationScope</c>.</remarks>
internal readonly ref struct ScopeMessage
{
    private const string Name = "InstrumentationScope";

    private const uint ScopeNameTag = (1 << 3) | WireType.LengthDelimited;
    private const uint VersionTag = (2 << 3) | WireType.LengthDelimited;
    private const uint AttributesTag = (3 << 3) | WireType.LengthDelimited;
    private const uint DroppedAttributesCountTag = (4 << 3) | WireType.Varint;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FieldRun _attributes;

    public ScopeMessage(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        var reader = new WireReader(bytes, Name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            switch (tag)
            {
                case ScopeNameTag:
                    ScopeName = reader.ReadBytes();
                    break;
                case VersionTag:
                    Version = reader.ReadBytes();
                    break;
                case DroppedAttributesCountTag:
                    DroppedAttributesCount = (uint)reader.ReadVarint();
                    break;
                case AttributesTag:
                    reader.ReadBytes();
                    _attributes.Add(reader);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
    }

    /// <summary><c>name</c></summary>
    public ReadOnlySpan<byte> ScopeName { get; }

    public ReadOnlySpan<byte> Version { get; }

    /// <summary>Each a <see cref="KeyValueMessage"/>.</summary>
    public RepeatedField Attributes => new(_bytes, _attributes, AttributesTag, Name);

    public uint DroppedAttributesCount { get; }
}
