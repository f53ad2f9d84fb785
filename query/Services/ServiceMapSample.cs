namespace Observe.Query.Services;

/// <summary>The part of the spans that a service map was made from.</summary>
/// <param name="SpansInRange">All of the range.</param>
/// <param name="SpansRead">Those that were looked at.</param>
/// <param name="Way">How they were chosen, in words.</param>
public sealed record ServiceMapSample(long SpansInRange, long SpansRead, string Way);
