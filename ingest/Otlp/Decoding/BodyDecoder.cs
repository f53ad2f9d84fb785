using Observe.Ingest.Otlp.Correlation;
using Observe.Ingest.Otlp.Messages;
using Observe.Storage.Batches;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>Turns a log record's body into its type, its text and, where it is a map, its leaves.</summary>
internal sealed class BodyDecoder(LogBatch batch, AttributeDecoder attributes, AnyValueJsonWriter json, RecordLimits limits)
{
    private readonly Base64Text _base64 = new();

    /// <returns>What was left out of the text. What is left out of the columns of a map's leaves stands in the text.</returns>
    public Truncations Append(AnyValueMessage body, CorrelationIdCollector ids)
    {
        batch.BodyType.Append((sbyte)TypeOf(body.Kind));
        AppendText(body);
        if (body.Kind == AnyValueKind.Map)
        {
            attributes.AppendRow(batch.BodyFields, body.Entries, limits, ids, out _);
        }
        else
        {
            batch.BodyFields.EndRow();
            if (body.Kind == AnyValueKind.String)
            {
                ids.OfferBody(Utf8Text.Cut(body.Content, limits.MaxBodyBytes));
            }
        }

        return RecordRules.CheckBody(body, limits);
    }

    private void AppendText(AnyValueMessage body)
    {
        Span<byte> number = stackalloc byte[NumberText.MaxLength];
        switch (body.Kind)
        {
            case AnyValueKind.String:
                batch.Body.Append(Utf8Text.Valid(Utf8Text.Cut(body.Content, limits.MaxBodyBytes)));
                break;
            case AnyValueKind.Bool:
                batch.Body.Append(body.Bool ? "true"u8 : "false"u8);
                break;
            case AnyValueKind.Int:
                batch.Body.Append(NumberText.Int(body.Int, number));
                break;
            case AnyValueKind.Double:
                batch.Body.Append(NumberText.Double(body.Double, number));
                break;
            case AnyValueKind.Bytes:
                batch.Body.Append(_base64.Encode(body.Content[..Math.Min(body.Content.Length, limits.MaxBodyBytes)]));
                break;
            case AnyValueKind.Array or AnyValueKind.Map:
                // JSON is longer than what was sent where it needs quotes, so it is cut only when that was too long.
                ReadOnlySpan<byte> text = json.Value(body);
                batch.Body.Append(body.Content.Length > limits.MaxBodyBytes ? Utf8Text.Cut(text, limits.MaxBodyBytes) : text);
                break;
            default:
                batch.Body.Append(default(ReadOnlySpan<byte>));
                break;
        }
    }

    private static BodyType TypeOf(AnyValueKind kind) => kind switch
    {
        AnyValueKind.String => BodyType.String,
        AnyValueKind.Bool => BodyType.Bool,
        AnyValueKind.Int => BodyType.Int,
        AnyValueKind.Double => BodyType.Double,
        AnyValueKind.Array => BodyType.Array,
        AnyValueKind.Map => BodyType.Map,
        AnyValueKind.Bytes => BodyType.Bytes,
        _ => BodyType.None,
    };
}
