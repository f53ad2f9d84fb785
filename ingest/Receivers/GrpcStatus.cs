namespace Observe.Ingest.Receivers;

/// <summary>The gRPC status codes that are answered. <see href="https://grpc.github.io/grpc/core/md_doc_statuscodes.html"/></summary>
internal static class GrpcStatus
{
    public const int Ok = 0;
    public const int InvalidArgument = 3;
    public const int DeadlineExceeded = 4;
    public const int ResourceExhausted = 8;
    public const int Unimplemented = 12;
    public const int Internal = 13;
    public const int Unavailable = 14;
}
