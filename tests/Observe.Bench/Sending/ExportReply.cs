namespace Observe.Bench.Sending;

/// <summary>How an export ended.</summary>
/// <param name="Outcome">What the client has to do now.</param>
/// <param name="Rejected">Records that a partial success refused.</param>
/// <param name="RetryAfter">How long the server asks to wait, or null.</param>
/// <param name="Message">What the server said about it, or empty.</param>
internal readonly record struct ExportReply(ExportOutcome Outcome, long Rejected, TimeSpan? RetryAfter, string Message);
