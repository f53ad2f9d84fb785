using Observe.Storage.Batches;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>The value of a point or exemplar: <c>oneof value { double as_double; sfixed64 as_int }</c>.</summary>
internal readonly record struct NumberValue
{
    private const long LargestExact = 1L << 53;

    private NumberValue(PointValueType type, double value, short intRemainder)
    {
        Type = type;
        Value = value;
        IntRemainder = intRemainder;
    }

    public PointValueType Type { get; }

    /// <summary>The value; an integer as the nearest double.</summary>
    public double Value { get; }

    /// <summary>What an integer lost in <see cref="Value"/>. A double holds 53 bits, so it is at most 512 either way.</summary>
    public short IntRemainder { get; }

    public static NumberValue OfDouble(double value) => new(PointValueType.Double, value, 0);

    public static NumberValue OfInt(long value)
    {
        if (value is >= -LargestExact and <= LargestExact)
        {
            return new(PointValueType.Int, value, 0);
        }

        // In 128 bits, because the double nearest to long.MaxValue is 2^63, which a long does not hold.
        double nearest = value;
        return new(PointValueType.Int, nearest, (short)(value - (Int128)nearest));
    }
}
