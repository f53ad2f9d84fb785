using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Observe.Ingest.Memory;
using Observe.Ingest.Wire;

namespace Observe.Ingest.Receivers;

/// <summary>Writes <c>google.rpc.Status</c>, the body of every error.</summary>
/// <remarks>
/// <code>
/// Status:     int32 code = 1; string message = 2; repeated Any details = 3
/// Any:        string type_url = 1; bytes value = 2
/// RetryInfo:  Duration retry_delay = 1              Duration: int64 seconds = 1
/// BadRequest: repeated FieldViolation = 1           FieldViolation: string description = 2
/// </code>
/// <see href="https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto"/>. What can be sent again carries a
/// RetryInfo, what is malformed a BadRequest, as the OTLP specification recommends.
/// </remarks>
internal static class RpcStatusWriter
{
    private const string RetryInfoType = "type.googleapis.com/google.rpc.RetryInfo";
    private const string BadRequestType = "type.googleapis.com/google.rpc.BadRequest";

    public static ReadOnlyMemory<byte> ToProtobuf(IngestFailure failure)
    {
        ErrorStatus status = ErrorStatus.Of(failure);
        var output = new ArrayBufferWriter<byte>();
        output.WriteVarint(1, (ulong)status.Grpc);
        output.WriteString(2, failure.Message);
        if (status.RetryAfter is { } delay)
        {
            var duration = new ByteScratch();
            duration.WriteVarint(1, (ulong)delay.TotalSeconds);
            WriteDetail(output, RetryInfoType, duration.Span);
        }
        else if (failure.Error == IngestError.Malformed)
        {
            var violation = new ByteScratch();
            violation.WriteString(2, failure.Message);
            WriteDetail(output, BadRequestType, violation.Span);
        }

        return output.WrittenMemory;
    }

    public static ReadOnlyMemory<byte> ToJson(IngestFailure failure)
    {
        ErrorStatus status = ErrorStatus.Of(failure);
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteNumber("code", status.Grpc);
        json.WriteString("message", failure.Message);
        if (status.RetryAfter is { } delay)
        {
            json.WriteStartArray("details");
            json.WriteStartObject();
            json.WriteString("@type", RetryInfoType);
            json.WriteString("retryDelay", string.Create(CultureInfo.InvariantCulture, $"{delay.TotalSeconds:0}s"));
            json.WriteEndObject();
            json.WriteEndArray();
        }
        else if (failure.Error == IngestError.Malformed)
        {
            json.WriteStartArray("details");
            json.WriteStartObject();
            json.WriteString("@type", BadRequestType);
            json.WriteStartArray("fieldViolations");
            json.WriteStartObject();
            json.WriteString("description", failure.Message);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    private static void WriteDetail(ArrayBufferWriter<byte> output, string type, ReadOnlySpan<byte> onlyField)
    {
        var detail = new ByteScratch();
        detail.WriteBytes(1, onlyField);
        var any = new ByteScratch();
        any.WriteString(1, type);
        any.WriteBytes(2, detail.Span);
        output.WriteBytes(3, any.Span);
    }
}
