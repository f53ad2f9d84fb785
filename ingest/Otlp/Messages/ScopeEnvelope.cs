using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>A scope and its records: <c>ScopeLogs</c>, <c>ScopeSpans</c> and <c>ScopeMetrics</c>, which are laid out alike.</summary>
/// <remarks>
/// <code>
/// Scope…: InstrumentationScope scope = 1; repeated LogRecord|Span|Metric = 2; string schema_url = 3
/// </code>
/// </remarks>
internal readonly ref struct ScopeEnvelope
{
    private const string Name = "ScopeLogs/ScopeSpans/ScopeMetrics";

    private const uint ScopeTag = (1 << 3) | WireType.LengthDelimited;
    private const uint RecordTag = (2 << 3) | WireType.LengthDelimited;
    private const uint SchemaUrlTag = (3 << 3) | WireType.LengthDelimited;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FieldRun _records;

    public ScopeEnvelope(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        var reader = new WireReader(bytes, Name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            switch (tag)
            {
                case ScopeTag:
                    Scope = reader.ReadBytes();
                    break;
                case SchemaUrlTag:
                    SchemaUrl = reader.ReadBytes();
                    break;
                case RecordTag:
                    reader.ReadBytes();
                    _records.Add(reader);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
    }

    /// <summary>A <see cref="ScopeMessage"/>.</summary>
    public ReadOnlySpan<byte> Scope { get; }

    public ReadOnlySpan<byte> SchemaUrl { get; }

    /// <summary>Each a <see cref="LogRecordMessage"/>, <see cref="SpanMessage"/> or <see cref="MetricMessage"/>.</summary>
    public RepeatedField Records => new(_bytes, _records, RecordTag, Name);
}
