using Microsoft.Extensions.Logging;
using Observe.Ingest.Otlp;

namespace Observe.Ingest.Pipeline;

/// <summary>Log messages of ingest: event ids 2000 to 2099. What senders sent is never in them.</summary>
internal static partial class IngestLog
{
    [LoggerMessage(2000, LogLevel.Information, "Receiving OTLP/gRPC on {Grpc} and OTLP/HTTP on {Http}.")]
    public static partial void Started(ILogger logger, string grpc, string http);

    [LoggerMessage(2001, LogLevel.Debug, "Refused a request from {Remote}: {Error}: {Reason}")]
    public static partial void RequestRefused(ILogger logger, string remote, IngestError error, string reason);

    [LoggerMessage(2010, LogLevel.Error, "The engine did not store a batch of {Signal} with {Records} records from {Requests} requests; their senders were told.")]
    public static partial void InsertFailed(ILogger logger, OtlpSignal signal, int requests, int records, Exception exception);

    [LoggerMessage(2011, LogLevel.Warning, "The engine refused a batch of {Signal} with {Records} records; its {Requests} requests are now stored one by one.")]
    public static partial void InsertRefused(ILogger logger, OtlpSignal signal, int requests, int records, Exception exception);

    [LoggerMessage(2012, LogLevel.Error, "A fault of Observe: a validated {Signal} request of {Bytes} bytes could not be decoded; it was not stored and its sender was told.")]
    public static partial void DecodeFault(ILogger logger, OtlpSignal signal, int bytes, Exception exception);

    [LoggerMessage(2013, LogLevel.Critical, "A fault of Observe in the pipeline of {Signal}: its open batches were given up and their senders told; the pipeline goes on.")]
    public static partial void PipelineFault(ILogger logger, OtlpSignal signal, Exception exception);
}
