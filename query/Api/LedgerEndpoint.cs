using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Ledger;
using Observe.Storage.Batches;

namespace Observe.Query.Api;

/// <summary><c>/api/v1/ingest/ledger</c>: what became of every record that arrived.</summary>
internal static class LedgerEndpoint
{
    public static void MapLedger(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/ingest/ledger", (HttpContext context, ILedgerService ledger, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, async (parameters, cancellationToken) =>
            {
                bool reasons = Flag(parameters, "reasons");
                var request = new LedgerRequest(
                    parameters.Range(time), GroupBy(parameters["groupBy"]), Signal(parameters["signal"]), parameters["sender"], parameters["service"]);
                LedgerAnswer answer = await ledger.GetAsync(request, cancellationToken);
                return new JsonAnswer((writer, token) => WriteAsync(writer, request, answer, reasons, token));
            }));

    private static async Task WriteAsync(
        Utf8JsonWriter writer, LedgerRequest request, LedgerAnswer answer, bool reasons, CancellationToken cancellationToken)
    {
        string[] names = [.. request.GroupBy.Select(NameOf)];
        writer.WriteStartObject();
        writer.WriteStartArray("rows");
        foreach (LedgerRow row in answer.Rows)
        {
            writer.WriteStartObject();
            for (int i = 0; i < names.Length; i++)
            {
                writer.WriteString(names[i], row.Keys[i]);
            }

            WriteCounts(writer, row.Counts, answer.KnowsWaiting, reasons);
            writer.WriteEndObject();
            await JsonAnswer.FlushIfLargeAsync(writer, cancellationToken);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("total");
        WriteCounts(writer, answer.Total, answer.KnowsWaiting, reasons);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter writer, LedgerCounts counts, bool knowsWaiting, bool reasons)
    {
        writer.WriteNumber("received", counts.Received);
        writer.WriteNumber("stored", counts.Stored);
        writer.WriteNumber("rejected", counts.Rejected);
        writer.WriteNumber("quarantined", counts.Quarantined);
        if (knowsWaiting)
        {
            writer.WriteNumber("waiting", counts.Waiting);
        }
        else
        {
            writer.WriteNull("waiting");
        }

        writer.WriteBoolean("addsUp", counts.AddsUp);
        if (!counts.AddsUp)
        {
            writer.WriteNumber("difference", counts.Difference);
        }

        writer.WriteNumber("truncated", counts.Truncated);
        writer.WriteNumber("resent", counts.Resent);
        writer.WriteNumber("requests", counts.Requests);
        writer.WriteNumber("refusedRequests", counts.RefusedRequests);
        writer.WriteNumber("bytes", counts.Bytes);
        if (reasons)
        {
            WriteReasons(writer, counts.Reasons);
        }
    }

    private static void WriteReasons(Utf8JsonWriter writer, IReadOnlyList<LedgerReason> reasons)
    {
        writer.WriteStartArray("reasons");
        foreach (LedgerReason reason in reasons.OrderBy(reason => reason.Outcome).ThenBy(reason => reason.Reason, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("outcome", NameOf(reason.Outcome));
            writer.WriteString("reason", reason.Reason);
            writer.WriteNumber("records", reason.Records);
            writer.WriteNumber("requests", reason.Requests);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static FieldSignal? Signal(string? text) => text switch
    {
        null or "" => null,
        "logs" => FieldSignal.Logs,
        "spans" => FieldSignal.Spans,
        "metrics" => FieldSignal.Metrics,
        "traces" => FieldSignal.Spans, // as the paths of OTLP/HTTP and the figures on /metrics name it
        _ => throw new FormatException($"signal is logs, spans or metrics; not \"{text}\"."),
    };

    private static LedgerKey[] GroupBy(string? text) =>
        string.IsNullOrEmpty(text) ? [LedgerKey.Signal] : [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Key).Distinct()];

    private static LedgerKey Key(string text) => text switch
    {
        "minute" => LedgerKey.Minute,
        "signal" => LedgerKey.Signal,
        "sender" => LedgerKey.Sender,
        "service" => LedgerKey.Service,
        _ => throw new FormatException($"groupBy is minute, signal, sender or service, or some of them with commas between; not \"{text}\"."),
    };

    private static bool Flag(QueryParameters parameters, string name) => parameters[name] switch
    {
        null or "" or "false" => false,
        "true" => true,
        { } other => throw new FormatException($"{name} is true or false; not \"{other}\"."),
    };

    private static string NameOf(LedgerKey key) => key switch
    {
        LedgerKey.Minute => "minute",
        LedgerKey.Signal => "signal",
        LedgerKey.Sender => "sender",
        _ => "service",
    };

    private static string NameOf(LedgerOutcome outcome) => outcome switch
    {
        LedgerOutcome.Received => "received",
        LedgerOutcome.Stored => "stored",
        LedgerOutcome.Rejected => "rejected",
        LedgerOutcome.Truncated => "truncated",
        LedgerOutcome.Resent => "resent",
        LedgerOutcome.Quarantined => "quarantined",
        _ => "refused",
    };
}
