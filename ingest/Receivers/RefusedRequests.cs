using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Observe.Ingest.Ledger;
using Observe.Ingest.Otlp;
using Observe.Ingest.Pipeline;
using Observe.Ingest.Senders;

namespace Observe.Ingest.Receivers;

/// <summary>The one place that decides what becomes of requests that failed: what is answered, what is logged and what is counted.</summary>
internal sealed class RefusedRequests(RefusalCounts counts, IngestMeter meter)
{
    /// <summary>Logs and counts.</summary>
    /// <param name="logger">The receiver's.</param>
    /// <param name="signal">Null where it is not known yet.</param>
    /// <param name="exception">What ended the request.</param>
    /// <returns>What to answer; null when the sender is gone and there is nobody to answer and nothing to count.</returns>
    public IngestFailure? Handle(ILogger logger, OtlpSignal? signal, Sender sender, Exception exception)
    {
        if (FailureOf(exception) is not { } failure)
        {
            return null;
        }

        Count(signal, sender.Key, failure.Error);
        if (exception is IngestException or BadHttpRequestException)
        {
            // At Debug: the sender is told, and a sender that sends rubbish must not fill the log.
            IngestLog.RequestRefused(logger, sender.Key, failure.Error, failure.Message);
        }
        else
        {
            IngestLog.ReceiverFault(logger, sender.Key, exception);
        }

        return failure;
    }

    /// <summary>Logs and counts a connection beyond the limits.</summary>
    public void CountConnection(ILogger logger, string sender)
    {
        Count(null, sender, IngestError.TooManyConnections);
        IngestLog.RequestRefused(logger, sender, IngestError.TooManyConnections, "As many connections as are allowed are open.");
    }

    private void Count(OtlpSignal? signal, string sender, IngestError error)
    {
        counts.Add(signal, sender, error);
        meter.Refused(signal, LedgerNoteWriter.NameOf(error));
    }

    private static IngestFailure? FailureOf(Exception exception) => exception switch
    {
        IngestException e => e.Failure,

        // Kestrel's word for chunks that are none, and for a body that ends before its announced length. It is an IOException too.
        BadHttpRequestException => new(IngestError.Malformed, "The body is not what the HTTP headers announce: it ends early, or its chunks are malformed."),
        OperationCanceledException or ConnectionResetException or ConnectionAbortedException or IOException => null,
        OutOfMemoryException => new(IngestError.Busy, "Observe has no memory for this request at the moment. Send the same data again later."),
        _ => new(IngestError.Internal, "Observe failed to receive this request because of a fault of its own. Its log says more."),
    };
}
