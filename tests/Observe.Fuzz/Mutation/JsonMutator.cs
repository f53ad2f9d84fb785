using System.Text;
using Observe.Fuzz.Engine;

namespace Observe.Fuzz.Mutation;

/// <summary>Changes JSON by its tokens and values, so that most of what comes out is JSON still.</summary>
internal sealed class JsonMutator : IMutator
{
    private const int MaxDuplicates = 4096;

    private static readonly byte[][] Values = Bytes(
        "null", "true", "false", "{}", "[]", "\"\"", "0", "-0", "-1", "1.5", "5.0", "1e3", "1E+2", "1e400", "-1e400", "1e-400", "1e999999999", "0e0", "01", "+1", ".5",
        "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "79228162514264337593543950336",
        "0.1000000000000000055511151231257827021181583404541015625", "1234567890123456789012345678901234567890123456789012345678901234567890",
        "\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "NaN", "\"1\"", "\" 1\"", "\"1e3\"", "\"-1\"", "\"0x10\"", "\"18446744073709551615\"", "\"1\\u0030\"",
        "\"5B8EFFF798038103D269B633813FC60C\"", "\"5b8efff798038103d269b633813fc60\"", "\"xyz\"", "\"AAH/\"", "\"AAH_\"", "\"AAE=\"", "\"AAE\"", "\"A\"", "\"====\"",
        "\"SEVERITY_NUMBER_FATAL4\"", "\"SPAN_KIND_SERVER\"", "\"\\ud83c\\udf89\"", "\"\\ud83c\"", "\"\\udf89\\ud83c\"", "\"\\u0000\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\x\"", "\"\\u12\"", "{\"stringValue\":\"a\"}", "{\"intValue\":1,\"stringValue\":\"two\"}", "{\"arrayValue\":{\"values\":[]}}", "[{}]", "[null]", "[[]]",
        "{\"key\":\"service.name\",\"value\":{\"stringValue\":\"other\"}}", "\"" + new string('x', 200) + "\"", "\"" + new string('0', 64) + "\"", "\"" + new string('0', 66) + "\"");

    private static readonly byte[][] Names = Bytes(
        "resource", "scope", "schemaUrl", "attributes", "droppedAttributesCount", "name", "version", "key", "value", "values", "stringValue", "boolValue", "intValue",
        "doubleValue", "arrayValue", "kvlistValue", "bytesValue", "resourceLogs", "scopeLogs", "logRecords", "timeUnixNano", "observedTimeUnixNano", "severityNumber",
        "severityText", "body", "flags", "traceId", "spanId", "eventName", "resourceSpans", "scopeSpans", "spans", "traceState", "parentSpanId", "kind",
        "startTimeUnixNano", "endTimeUnixNano", "events", "links", "status", "code", "message", "droppedEventsCount", "droppedLinksCount", "resourceMetrics",
        "scopeMetrics", "metrics", "description", "unit", "metadata", "gauge", "sum", "histogram", "exponentialHistogram", "summary", "dataPoints",
        "aggregationTemporality", "isMonotonic", "asDouble", "asInt", "exemplars", "filteredAttributes", "count", "bucketCounts", "explicitBounds", "min", "max",
        "scale", "zeroCount", "zeroThreshold", "positive", "negative", "offset", "quantileValues", "quantile", "resource_logs", "log_records", "string_value",
        "k\\u0065y", "\\ud800", "unknown", "");

    private static readonly byte[][] Pieces =
    [
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF], [0], [0x1F], "\\u"u8.ToArray(), "\\ud83d"u8.ToArray(), "\\udc00"u8.ToArray(),
        "//"u8.ToArray(), "/**/"u8.ToArray(), ","u8.ToArray(), "\n"u8.ToArray(), "é"u8.ToArray(), "🎉"u8.ToArray(), "\""u8.ToArray(), "}"u8.ToArray(), "]"u8.ToArray(),
    ];

    private static readonly (byte[] Open, byte[] Close)[] Wrappers =
    [
        ("{\"arrayValue\":{\"values\":["u8.ToArray(), "]}}"u8.ToArray()),
        ("{\"kvlistValue\":{\"values\":[{\"key\":\"k\",\"value\":"u8.ToArray(), "}]}}"u8.ToArray()),
        ("["u8.ToArray(), "]"u8.ToArray()),
        ("{\"a\":"u8.ToArray(), "}"u8.ToArray()),
    ];

    private readonly ByteMutator _bytes = new();
    private readonly JsonTokens _tokens = new();
    private readonly JsonTokens _otherTokens = new();
    private readonly byte[] _made = new byte[1024];

    public void Mutate(MutableInput input, ReadOnlySpan<byte> other, FuzzRandom random)
    {
        int changes = 1 + (random.OneIn(3) ? random.Below(4) : 0);
        for (int i = 0; i < changes; i++)
        {
            _tokens.Read(input.Span);
            if (_tokens.Count == 0 || random.OneIn(12))
            {
                _bytes.Mutate(input, other, random);
            }
            else
            {
                Change(input, other, random);
            }
        }
    }

    private void Change(MutableInput input, ReadOnlySpan<byte> other, FuzzRandom random)
    {
        int index = _tokens.Pick(input.Span, random);
        (int start, int end) = _tokens.Value(input.Span, index);
        switch (random.Below(12))
        {
            case 0:
                Remove(input, index);
                break;
            case 1:
                Duplicate(input, index, random);
                break;
            case 2:
                Swap(input, index, random);
                break;
            case 3:
                Wrap(input, start, end, random);
                break;
            case 4:
                _otherTokens.Read(other);
                (int from, int to) = _otherTokens.Count == 0 ? (0, 0) : _otherTokens.Value(other, _otherTokens.Pick(other, random));
                input.Replace(start, end - start, other[from..to]);
                break;
            case 5:
                Insert(input, index, random);
                break;
            case 6:
                byte[] piece = Pieces[random.Below(Pieces.Length)];
                input.Insert(random.Between(_tokens[index].Start, _tokens[index].End), piece);
                break;
            case 7 when input.Span[start] == '"':
                input.Replace(start, end - start, Quoted(Names[random.Below(Names.Length)]));
                break;
            case 8:
                input.Insert(start, " \t\r\n"u8[..random.Between(1, 4)]);
                break;
            default:
                input.Replace(start, end - start, Values[random.Below(Values.Length)]);
                break;
        }
    }

    /// <summary>An element of an array or object, with a comma.</summary>
    private void Remove(MutableInput input, int index)
    {
        (int start, int end) = _tokens.Element(input.Span, index);
        if (end < input.Length && input.Span[end] == ',')
        {
            end++;
        }
        else if (start > 0 && input.Span[start - 1] == ',')
        {
            start--;
        }

        input.Remove(start, end - start);
    }

    private void Duplicate(MutableInput input, int index, FuzzRandom random)
    {
        (int start, int end) = _tokens.Element(input.Span, index);
        ReadOnlySpan<byte> copy = input.Copy(start, end - start);
        int times = random.OneIn(512) ? random.Below(MaxDuplicates) : random.OneIn(8) ? random.Between(2, 12) : 1;
        for (int i = 0; i < times && copy.Length < input.Free; i++)
        {
            input.Insert(end, copy);
            input.Insert(end, ","u8);
        }
    }

    private void Swap(MutableInput input, int index, FuzzRandom random)
    {
        (int start, int end) = _tokens.Element(input.Span, index);
        (int otherStart, int otherEnd) = _tokens.Element(input.Span, _tokens.Pick(input.Span, random));
        if (otherStart < end)
        {
            return; // One lies within the other, or they stand in the other order.
        }

        ReadOnlySpan<byte> later = input.Copy(otherStart, otherEnd - otherStart);
        input.Remove(otherStart, otherEnd - otherStart);
        input.Insert(start, later);
        start += later.Length;
        ReadOnlySpan<byte> earlier = input.Copy(start, end + later.Length - start);
        input.Insert(otherEnd, earlier);
        input.Remove(start, earlier.Length);
    }

    /// <summary>Arrays, maps or plain brackets around a value, up to beyond the depth that is allowed.</summary>
    private static void Wrap(MutableInput input, int start, int end, FuzzRandom random)
    {
        int depth = random.OneIn(16) ? random.Between(28, 200) : random.Between(1, 3);
        (byte[] open, byte[] close) = Wrappers[random.Below(Wrappers.Length)];
        for (int i = 0; i < depth; i++)
        {
            end += input.Insert(end, close);
            end += input.Insert(start, open);
            if (random.OneIn(8))
            {
                (open, close) = Wrappers[random.Below(Wrappers.Length)];
            }
        }
    }

    /// <summary>A property or an element after an opening bracket.</summary>
    private void Insert(MutableInput input, int index, FuzzRandom random)
    {
        (int start, int end) = _tokens[index];
        byte bracket = input.Span[start];
        if (bracket is not ((byte)'{' or (byte)'['))
        {
            return;
        }

        bool isEmpty = index + 1 < _tokens.Count && input.Span[_tokens[index + 1].Start] is (byte)'}' or (byte)']';
        input.Insert(end, isEmpty ? default : ","u8);
        input.Insert(end, Values[random.Below(Values.Length)]);
        if (bracket == '{')
        {
            input.Insert(end, ":"u8);
            input.Insert(end, Quoted(Names[random.Below(Names.Length)]));
        }
    }

    private ReadOnlySpan<byte> Quoted(byte[] name)
    {
        _made[0] = (byte)'"';
        name.CopyTo(_made, 1);
        _made[name.Length + 1] = (byte)'"';
        return _made.AsSpan(0, name.Length + 2);
    }

    private static byte[][] Bytes(params ReadOnlySpan<string> texts)
    {
        byte[][] bytes = new byte[texts.Length][];
        for (int i = 0; i < texts.Length; i++)
        {
            bytes[i] = Encoding.UTF8.GetBytes(texts[i]);
        }

        return bytes;
    }
}
