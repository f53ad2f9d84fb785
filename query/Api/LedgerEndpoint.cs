using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api.Declarations;
using Observe.Query.Api.Schemas;
using Observe.Query.Ledger;
using Observe.Storage.Batches;

namespace Observe.Query.Api;

/// <summary><c>/api/v1/ingest/ledger</c>: what became of every record that arrived.</summary>
internal static class LedgerEndpoint
{
    private static readonly Parameter<IReadOnlyList<LedgerKey>> GroupBy = ParameterKinds.Choices(
        "groupBy", "A row for each of these.", "signal",
        [.. new[] { LedgerKey.Minute, LedgerKey.Signal, LedgerKey.Sender, LedgerKey.Service }.Select(key => (NameOf(key), key))]);

    private static readonly Parameter<FieldSignal?> Signal = ParameterKinds.Choice<FieldSignal?>(
        "signal", "Only this one. traces is another word for spans, as in the paths of OTLP/HTTP.", null,
        ("logs", FieldSignal.Logs), ("spans", FieldSignal.Spans), ("metrics", FieldSignal.Metrics), ("traces", FieldSignal.Spans));

    private static readonly Parameter<string?> Sender = ParameterKinds.Text("sender", "Only records from this address.", "127.0.0.1");

    private static readonly Parameter<string?> Service = ParameterKinds.Text("service", "Only records of this service.", "checkout");

    private static readonly Parameter<bool> Reasons = ParameterKinds.Flag("reasons", "Add, for each outcome, how often it had which reason.");

    private static readonly ApiRoute Route = new("/api/v1/ingest/ledger", "ledger", ApiTags.Operation, "What became of every record that arrived.")
    {
        Parameters = [CommonParameters.From, CommonParameters.To, Signal, Sender, Service, GroupBy, Reasons],
        Answers = [ApiAnswer.Of(LedgerSchemas.Ledger, "Counts by the minute of the receipt; minutes that overlap the range are whole.")],
        Problems = ProblemKind.OfQuestions,
    };

    public static void MapLedger(this IEndpointRouteBuilder routes) =>
        routes.MapApi(Route, (HttpContext context, ILedgerService ledger, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, async (parameters, cancellationToken) =>
            {
                bool reasons = parameters.Get(Reasons);
                var request = new LedgerRequest(
                    parameters.Range(time), parameters.Get(GroupBy), parameters.Get(Signal), parameters.Get(Sender), parameters.Get(Service));
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

    internal static string NameOf(LedgerKey key) => key switch
    {
        LedgerKey.Minute => "minute",
        LedgerKey.Signal => "signal",
        LedgerKey.Sender => "sender",
        _ => "service",
    };

    internal static string NameOf(LedgerOutcome outcome) => outcome switch
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
