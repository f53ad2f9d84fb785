namespace Observe.Ingest.Otlp;

/// <summary>How much of one record is kept. Validator and decoders ask the same limits, so that what is counted is what is cut.</summary>
/// <param name="MaxAttributes">Attributes of a record; of a map each leaf is one, an array is one.</param>
/// <param name="MaxAttributeBytes">Bytes of a text or of bytes, alone, in an array or in a map.</param>
/// <param name="MaxBodyBytes">Bytes of a log record's body: of text or bytes themselves, of an array or map as it was sent.</param>
internal sealed record RecordLimits(int MaxAttributes, int MaxAttributeBytes, int MaxBodyBytes)
{
    /// <summary>For what is stored once and not with each record: resources, scopes, a metric's metadata, exemplars.</summary>
    public static readonly RecordLimits None = new(int.MaxValue, int.MaxValue, int.MaxValue);

    /// <summary>Those of a configuration in which nothing is set.</summary>
    public static readonly RecordLimits Default = Of(new IngestOptions());

    public static RecordLimits Of(IngestOptions options) =>
        new(options.MaxAttributesPerRecord, options.MaxAttributeValueBytes, options.MaxBodyBytes);
}
