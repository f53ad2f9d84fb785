using System.Runtime.InteropServices;

namespace Observe.Query.PromQL;

/// <summary>Prometheus's stale marker, a NaN with bits of its own: no value here. A calculation that gives NaN gives another one.</summary>
public static class StaleMarker
{
    private const long Bits = 0x7ff0000000000002;

    public static double Value { get; } = BitConverter.Int64BitsToDouble(Bits);

    /// <summary>The first that is one; -1 if none is.</summary>
    public static int IndexIn(ReadOnlySpan<double> values) => Integers(values).IndexOf(Bits);

    /// <summary>Whether there is no other.</summary>
    public static bool IsAll(ReadOnlySpan<double> values) => !Integers(values).ContainsAnyExcept(Bits);

    public static bool Is(double value) => BitConverter.DoubleToInt64Bits(value) == Bits;

    /// <summary>As integers, of which a search compares many at a time.</summary>
    private static ReadOnlySpan<long> Integers(ReadOnlySpan<double> values) => MemoryMarshal.Cast<double, long>(values);
}
