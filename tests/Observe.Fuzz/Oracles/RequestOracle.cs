using Observe.Ingest.Otlp;

namespace Observe.Fuzz.Oracles;

/// <summary>
/// Says slowly and plainly, from the .proto files, whether a request is well-formed and how many records it has: what the program must agree with.
/// </summary>
/// <remarks>
/// A single field that comes twice counts as it came last, as the program's messages say; what is not decoded (a body that is text, a resource
/// that another one replaces) may hold anything.
/// </remarks>
internal sealed class RequestOracle(OtlpSignal signal)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;

    private const int MaxDepth = 32;

    public int Accepted { get; private set; }

    /// <summary>Accepted records without a time.</summary>
    public int Untimed { get; private set; }

    public int BadTraceIds { get; private set; }

    public int BadSpanIds { get; private set; }

    public int BadBuckets { get; private set; }

    public int BadBounds { get; private set; }

    /// <summary>Points of gauges and sums without a value that do not say so.</summary>
    public int BadValues { get; private set; }

    public int Records => Accepted + BadTraceIds + BadSpanIds + BadBuckets + BadBounds + BadValues;

    /// <summary>What occurs in the request, a bit each, for the corpus.</summary>
    public uint Features { get; private set; }

    /// <summary>Whether a value is a map.</summary>
    public bool HasMaps => (Features & ((1u << 6) | (1u << 14))) != 0;

    /// <summary>Reads a request.</summary>
    /// <returns>Whether it is well-formed.</returns>
    public bool Read(ReadOnlySpan<byte> request)
    {
        Accepted = Untimed = BadTraceIds = BadSpanIds = BadBuckets = BadBounds = BadValues = 0;
        Features = 0;
        var walk = new WireWalk(request);
        while (walk.Next())
        {
            if (walk.Is(1, Bytes) && !Resource(walk.Content))
            {
                return false;
            }
        }

        return Ended(walk);
    }

    private bool Resource(ReadOnlySpan<byte> envelope) =>
        Last(envelope, 1, out ReadOnlySpan<byte> resource) && Attributes(resource, 1) && ForEach(envelope, 2, What.Scope);

    private bool Scope(ReadOnlySpan<byte> envelope) =>
        Last(envelope, 1, out ReadOnlySpan<byte> scope) && Attributes(scope, 3) && ForEach(envelope, 2, What.Record);

    private bool Record(ReadOnlySpan<byte> record) => signal switch
    {
        OtlpSignal.Logs => Log(record),
        OtlpSignal.Traces => Span(record),
        _ => Metric(record),
    };

    private bool Log(ReadOnlySpan<byte> log)
    {
        Accept(log, 1, 11);
        return Last(log, 5, out ReadOnlySpan<byte> body) && Value(body, 0) && Attributes(log, 6);
    }

    private bool Span(ReadOnlySpan<byte> span)
    {
        if (!Last(span, 1, out ReadOnlySpan<byte> traceId) || !Last(span, 2, out ReadOnlySpan<byte> spanId) || !Last(span, 15, out ReadOnlySpan<byte> status))
        {
            return false;
        }

        if (traceId.Length != 16 || !HasBits(traceId))
        {
            BadTraceIds++;
        }
        else if (spanId.Length != 8 || !HasBits(spanId))
        {
            BadSpanIds++;
        }
        else
        {
            Accept(span, 7, 8);
        }

        return Attributes(span, 9) && ForEach(span, 11, What.Event) && ForEach(span, 13, What.Link) && IsMessage(status);
    }

    private bool Metric(ReadOnlySpan<byte> metric)
    {
        uint kind = 0;
        ReadOnlySpan<byte> data = default;
        var walk = new WireWalk(metric);
        while (walk.Next())
        {
            if (walk.Type == Bytes && walk.Field is 5 or 7 or 9 or 10 or 11)
            {
                kind = walk.Field;
                data = walk.Content;
            }
        }

        Features |= 1u << (int)(16 + kind);
        return Ended(walk) && Attributes(metric, 12) && ForEach(data, 1, kind switch
        {
            5 or 7 => What.Number,
            9 => What.Histogram,
            10 => What.ExponentialHistogram,
            _ => What.Summary,
        });
    }

    private bool Histogram(ReadOnlySpan<byte> point)
    {
        if (!Numbers(point, 6, Fixed64, out int buckets) || !Numbers(point, 7, Fixed64, out int bounds))
        {
            return false;
        }

        if (buckets != bounds + 1 && buckets + bounds > 0)
        {
            BadBuckets++;
        }
        else if (!AreAscending(Doubles(point, 7)))
        {
            BadBounds++;
        }
        else
        {
            Accept(point, 3, 3);
        }

        return Attributes(point, 9) && ForEach(point, 8, What.Exemplar);
    }

    private bool ExponentialHistogram(ReadOnlySpan<byte> point)
    {
        Accept(point, 3, 3);
        return Last(point, 8, out ReadOnlySpan<byte> positive) && Numbers(positive, 2, Varint, out _)
            && Last(point, 9, out ReadOnlySpan<byte> negative) && Numbers(negative, 2, Varint, out _)
            && Attributes(point, 1) && ForEach(point, 11, What.Exemplar);
    }

    private bool Attributes(ReadOnlySpan<byte> message, uint field) => ForEach(message, field, What.KeyValue);

    private bool KeyValue(ReadOnlySpan<byte> keyValue, int depth) =>
        Last(keyValue, 1, out _) && Last(keyValue, 2, out ReadOnlySpan<byte> value) && Value(value, depth);

    private bool Value(ReadOnlySpan<byte> value, int depth)
    {
        uint kind = 0;
        ReadOnlySpan<byte> content = default;
        var walk = new WireWalk(value);
        while (walk.Next())
        {
            bool isSet = walk.Field switch
            {
                1 or 5 or 6 or 7 => walk.Type == Bytes,
                2 or 3 => walk.Type == Varint,
                4 => walk.Type == Fixed64,
                _ => false,
            };
            if (isSet)
            {
                kind = walk.Field;
                content = walk.Content;
            }
        }

        Features |= 1u << (int)(kind + (depth == 0 ? 0u : 8));
        if (!Ended(walk))
        {
            return false;
        }

        return kind switch
        {
            5 => depth < MaxDepth && ForEach(content, 1, What.Value, depth + 1),
            6 => depth < MaxDepth && ForEach(content, 1, What.KeyValue, depth + 1),
            _ => true,
        };
    }

    /// <summary>The repeated messages that are read, which a switch knows because spans cannot be handed to delegates.</summary>
    private enum What
    {
        Scope,
        Record,
        Event,
        Link,
        Number,
        Histogram,
        ExponentialHistogram,
        Summary,
        Quantile,
        Exemplar,
        KeyValue,
        Value,
    }

    private bool ForEach(ReadOnlySpan<byte> message, uint field, What what, int depth = 0)
    {
        var walk = new WireWalk(message);
        while (walk.Next())
        {
            if (walk.Is(field, Bytes) && !Read(walk.Content, what, depth))
            {
                return false;
            }
        }

        return Ended(walk);
    }

    private bool Read(ReadOnlySpan<byte> message, What what, int depth)
    {
        switch (what)
        {
            case What.Scope:
                return Scope(message);
            case What.Record:
                return Record(message);
            case What.Event:
                return Attributes(message, 3);
            case What.Link:
                return Attributes(message, 4);
            case What.Number:
                if (HasValue(message))
                {
                    Accept(message, 3, 3);
                }
                else
                {
                    BadValues++;
                }

                return Attributes(message, 7) && ForEach(message, 5, What.Exemplar);
            case What.Histogram:
                return Histogram(message);
            case What.ExponentialHistogram:
                return ExponentialHistogram(message);
            case What.Summary:
                Accept(message, 3, 3);
                return Attributes(message, 7) && ForEach(message, 6, What.Quantile);
            case What.Quantile:
                return IsMessage(message);
            case What.Exemplar:
                return Attributes(message, 7);
            case What.KeyValue:
                return KeyValue(message, depth);
            default:
                return Value(message, depth);
        }
    }

    /// <summary>The content of a single length-delimited field; false when the message is broken.</summary>
    private bool Last(ReadOnlySpan<byte> message, uint field, out ReadOnlySpan<byte> content)
    {
        content = default;
        var walk = new WireWalk(message);
        while (walk.Next())
        {
            if (walk.Is(field, Bytes))
            {
                content = walk.Content;
            }
        }

        return Ended(walk);
    }

    private bool IsMessage(ReadOnlySpan<byte> message) => Last(message, 0, out _);

    /// <summary>Counts the values of a repeated number, packed or not.</summary>
    private bool Numbers(ReadOnlySpan<byte> message, uint field, int type, out int count)
    {
        count = 0;
        var walk = new WireWalk(message);
        while (walk.Next())
        {
            if (walk.Is(field, type))
            {
                count++;
            }
            else if (walk.Is(field, Bytes))
            {
                if (!Packed(walk.Content, type, out int packed))
                {
                    return false;
                }

                count += packed;
            }
        }

        return Ended(walk);
    }

    private static bool Packed(ReadOnlySpan<byte> values, int type, out int count)
    {
        count = values.Length / 8;
        if (type == Fixed64)
        {
            return values.Length % 8 == 0;
        }

        count = 0;
        int length = 0;
        foreach (byte part in values)
        {
            if (++length > 10)
            {
                return false;
            }

            if (part < 0x80)
            {
                count++;
                length = 0;
            }
        }

        return length == 0;
    }

    /// <summary>Counts a record that may say its time in either of two fields.</summary>
    private void Accept(ReadOnlySpan<byte> record, uint timeField, uint otherTimeField)
    {
        Accepted++;
        (bool isTimed, bool isOtherTimed) = (false, false);
        var walk = new WireWalk(record);
        while (walk.Next())
        {
            isTimed = walk.Is(timeField, Fixed64) ? HasBits(walk.Content) : isTimed;
            isOtherTimed = walk.Is(otherTimeField, Fixed64) ? HasBits(walk.Content) : isOtherTimed;
        }

        Untimed += isTimed || isOtherTimed ? 0 : 1;
    }

    private static bool HasValue(ReadOnlySpan<byte> point)
    {
        bool hasValue = false;
        ulong flags = 0;
        var walk = new WireWalk(point);
        while (walk.Next())
        {
            hasValue |= walk.Is(4, Fixed64) || walk.Is(6, Fixed64);
            flags = walk.Is(8, Varint) ? walk.Number : flags;
        }

        return hasValue || flags % 2 == 1;
    }

    /// <summary>The values of a repeated double, of a message that is known to be well-formed so far.</summary>
    private static List<double> Doubles(ReadOnlySpan<byte> message, uint field)
    {
        var values = new List<double>();
        var walk = new WireWalk(message);
        while (walk.Next())
        {
            if (walk.Is(field, Fixed64) || walk.Is(field, Bytes))
            {
                for (int i = 0; i + 8 <= walk.Content.Length; i += 8)
                {
                    values.Add(BitConverter.ToDouble(walk.Content[i..]));
                }
            }
        }

        return values;
    }

    private static bool AreAscending(List<double> values) => values.Zip(values.Skip(1)).All(pair => pair.First < pair.Second);

    private bool Ended(WireWalk walk)
    {
        Features |= walk.HasGroup ? 1u << 31 : 0;
        return !walk.IsBroken;
    }

    private static bool HasBits(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (b != 0)
            {
                return true;
            }
        }

        return false;
    }
}
