namespace Observe.Query.PromQL;

/// <summary>Prometheus's stale marker, a NaN with bits of its own: no value here. A calculation that gives NaN gives another one.</summary>
public static class StaleMarker
{
    private const long Bits = 0x7ff0000000000002;

    public static double Value { get; } = BitConverter.Int64BitsToDouble(Bits);

    public static bool Is(double value) => BitConverter.DoubleToInt64Bits(value) == Bits;
}
