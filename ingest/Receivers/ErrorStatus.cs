namespace Observe.Ingest.Receivers;

/// <summary>The one place that maps errors to what the two protocols answer.</summary>
/// <param name="Http">The HTTP status.</param>
/// <param name="Grpc">The gRPC status, also <c>google.rpc.Status.code</c>.</param>
/// <param name="RetryAfter">When to send again; null says never.</param>
/// <remarks>
/// <see href="https://opentelemetry.io/docs/specs/otlp/#failures"/>. A client drops its data on whatever is not retryable, so memory that is
/// short for the moment is UNAVAILABLE (as the section on throttling asks) and not RESOURCE_EXHAUSTED, which older clients do not retry.
/// </remarks>
internal sealed record ErrorStatus(int Http, int Grpc, TimeSpan? RetryAfter)
{
    private static readonly TimeSpan BusyDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UnavailableDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan JournalFullDelay = TimeSpan.FromSeconds(10);

    public static ErrorStatus Of(IngestError error) => error switch
    {
        IngestError.Malformed => new(400, GrpcStatus.InvalidArgument, null),
        IngestError.TooLarge => new(413, GrpcStatus.ResourceExhausted, null),
        IngestError.UnsupportedMediaType => new(415, GrpcStatus.InvalidArgument, null),
        IngestError.UnsupportedEncoding => new(415, GrpcStatus.Unimplemented, null),
        IngestError.NotFound => new(404, GrpcStatus.Unimplemented, null),
        IngestError.MethodNotAllowed => new(405, GrpcStatus.Unimplemented, null),
        IngestError.Busy => new(429, GrpcStatus.Unavailable, BusyDelay),
        IngestError.Unavailable => new(503, GrpcStatus.Unavailable, UnavailableDelay),
        IngestError.JournalFull => new(503, GrpcStatus.Unavailable, JournalFullDelay),
        IngestError.DeadlineExceeded => new(504, GrpcStatus.DeadlineExceeded, null),
        _ => new(500, GrpcStatus.Internal, null),
    };
}
