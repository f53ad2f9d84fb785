namespace Observe.Query.Correlation;

/// <summary>A field under which an id was found.</summary>
/// <param name="Name">As the query language has it (<c>attr.order.id</c>, <c>trace_id</c>, <c>body.order.id</c>), <c>link.trace_id</c>, or <c>body</c> for a text that holds it.</param>
/// <param name="Records">Records of the timeline that carry it there.</param>
public sealed record IdField(string Name, int Records);
