using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;
using Observe.Ingest.Wire;

namespace Observe.Ingest.Receivers;

/// <summary>Writes <c>Export…ServiceResponse</c>: empty, or with what was rejected or truncated and why.</summary>
/// <remarks>
/// <code>
/// Export…ServiceResponse: Export…PartialSuccess partial_success = 1
/// Export…PartialSuccess:  int64 rejected_… = 1; string error_message = 2
/// </code>
/// <see href="https://opentelemetry.io/docs/specs/otlp/#partial-success"/>
/// </remarks>
internal static class ExportResponseWriter
{
    public static ReadOnlyMemory<byte> ToProtobuf(IngestReceipt receipt)
    {
        if (Message(receipt) is not { Length: > 0 } message)
        {
            return default;
        }

        var partialSuccess = new ByteScratch();
        partialSuccess.WriteVarint(1, (ulong)receipt.Tally.Rejected);
        partialSuccess.WriteString(2, message);
        var output = new ArrayBufferWriter<byte>();
        output.WriteBytes(1, partialSuccess.Span);
        return output.WrittenMemory;
    }

    public static ReadOnlyMemory<byte> ToJson(OtlpSignal signal, IngestReceipt receipt)
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        if (Message(receipt) is { Length: > 0 } message)
        {
            json.WriteStartObject("partialSuccess");
            json.WriteString(RejectedName(signal), receipt.Tally.Rejected.ToString(CultureInfo.InvariantCulture)); // int64 is a string in proto3's JSON
            json.WriteString("errorMessage", message);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    /// <summary>With nothing rejected, the message is a warning: the specification has it so.</summary>
    private static string Message(in IngestReceipt receipt)
    {
        string message = RecordRules.Describe(receipt.Tally);
        if (receipt.Limited.Length > 0)
        {
            message += $" Metrics at their limit: {receipt.Limited}.";
        }

        return receipt.FirstReceivedAt is { } first
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"These bytes were received and acknowledged before, at {first:yyyy-MM-ddTHH:mm:ss.fffZ}; they were not stored again. {message}").TrimEnd()
            : message;
    }

    private static string RejectedName(OtlpSignal signal) => signal switch
    {
        OtlpSignal.Logs => "rejectedLogRecords",
        OtlpSignal.Metrics => "rejectedDataPoints",
        _ => "rejectedSpans",
    };
}
