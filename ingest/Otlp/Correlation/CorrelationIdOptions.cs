namespace Observe.Ingest.Otlp.Correlation;

/// <summary>
/// Which attributes are kept as ids by which records of one matter find each other. Configuration section <c>Observe:Ingest:CorrelationIds</c>.
/// </summary>
/// <remarks>
/// Without any of it: values under keys whose last word is id, uuid, guid, ulid or uid (<c>order_id</c>, <c>requestId</c>, <c>x-correlation-id</c>, <c>userid</c>),
/// and under any key UUIDs, ULIDs, X-Ray ids, trace contexts and long hexadecimal numbers; but not ids of where something ran (<c>thread.id</c>, <c>k8s.*</c>).
/// What is configured holds for records that arrive from then on.
/// </remarks>
public sealed class CorrelationIdOptions
{
    /// <summary>Further keys whose values are ids, such as <c>invoice_no</c> or <c>*.reference</c>; <c>*</c> stands for any characters.</summary>
    public IList<string> Include { get; } = [];

    /// <summary>Keys whose values are no ids, whatever they look like. They overrule <see cref="Include"/>.</summary>
    public IList<string> Exclude { get; } = [];

    /// <summary>Whether UUIDs, ULIDs and hexadecimal numbers of 24, or 32 and more, digits within a log's text count too.</summary>
    public bool FromBodies { get; set; } = true;
}
