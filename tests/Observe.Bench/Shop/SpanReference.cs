namespace Observe.Bench.Shop;

/// <summary>The ids of one span.</summary>
internal readonly record struct SpanReference(ulong TraceHigh, ulong TraceLow, ulong SpanId);
