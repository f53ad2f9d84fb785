namespace Observe.Ingest;

/// <summary>Why a request was not stored.</summary>
/// <param name="Error">What callers act on.</param>
/// <param name="Message">For the sender's developer: what is wrong and what to do.</param>
/// <param name="RetryAfter">When to send again, where it is known; null leaves it to the error, which knows whether to try again at all.</param>
internal sealed record IngestFailure(IngestError Error, string Message, TimeSpan? RetryAfter = null);
