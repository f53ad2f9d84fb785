namespace Observe.Ingest.Receivers;

/// <summary>The one place that maps errors to what the two protocols answer.</summary>
/// <param name="Http">The HTTP status.</param>
/// <param name="Grpc">The gRPC status, also <c>google.rpc.Status.code</c>.</param>
/// <param name="RetryAfter">When to send again, in whole seconds, because Retry-After has no smaller unit; null says never.</param>
/// <remarks>
/// <see href="https://opentelemetry.io/docs/specs/otlp/#failures"/>. A client drops its data on whatever is not retryable.
/// <list type="bullet">
/// <item>Whoever is to slow down gets UNAVAILABLE with RetryInfo, from a rate limit too: the section on throttling asks for it ("the server
/// SHOULD return an error with code Unavailable"). RESOURCE_EXHAUSTED would be retryable with RetryInfo, but not for clients older than
/// that rule; and it is what requests get that are too large, of which a client must learn to send smaller ones.</item>
/// <item>A body that arrives too slowly gets 503 and not HTTP's 408, which is not among OTLP's retryable codes.</item>
/// <item>A deadline that passed has no delay: the sender set it, and knows.</item>
/// </list>
/// </remarks>
internal sealed record ErrorStatus(int Http, int Grpc, TimeSpan? RetryAfter)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MuchLater = TimeSpan.FromSeconds(10);

    public static ErrorStatus Of(IngestFailure failure)
    {
        ErrorStatus status = Of(failure.Error);
        return status.RetryAfter is not null && failure.RetryAfter is { } delay
            ? status with { RetryAfter = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(delay.TotalSeconds))) }
            : status;
    }

    private static ErrorStatus Of(IngestError error) => error switch
    {
        IngestError.Malformed => new(400, GrpcStatus.InvalidArgument, null),
        IngestError.TooLarge => new(413, GrpcStatus.ResourceExhausted, null),
        IngestError.UnsupportedMediaType => new(415, GrpcStatus.InvalidArgument, null),
        IngestError.UnsupportedEncoding => new(415, GrpcStatus.Unimplemented, null),
        IngestError.MissingEncoding => new(400, GrpcStatus.Internal, null), // https://github.com/grpc/grpc/blob/master/doc/compression.md
        IngestError.NotFound => new(404, GrpcStatus.Unimplemented, null),
        IngestError.MethodNotAllowed => new(405, GrpcStatus.Unimplemented, null),
        IngestError.Busy => new(429, GrpcStatus.Unavailable, Soon),
        IngestError.RateLimited => new(429, GrpcStatus.Unavailable, Soon),
        IngestError.TooManyConnections => new(503, GrpcStatus.Unavailable, Later),
        IngestError.TooSlow => new(503, GrpcStatus.Unavailable, Later),
        IngestError.Unavailable => new(503, GrpcStatus.Unavailable, Later),
        IngestError.JournalFull => new(503, GrpcStatus.Unavailable, MuchLater),
        IngestError.DeadlineExceeded => new(504, GrpcStatus.DeadlineExceeded, null),
        _ => new(500, GrpcStatus.Internal, null),
    };
}
