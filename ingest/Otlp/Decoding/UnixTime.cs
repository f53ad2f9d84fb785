namespace Observe.Ingest.Otlp.Decoding;

/// <summary>OTLP's times (unsigned nanoseconds since 1970, 0 for unknown) as the columns keep them (signed).</summary>
internal static class UnixTime
{
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long NanosecondsPerDay = 86_400L * 1_000_000_000;

    /// <summary>
    /// The last time by which a row is stored: 2106-02-06 23:59:59. The tables' keys and partitions are made of it in 32-bit seconds, which
    /// begin again at 1970 on the day after.
    /// </summary>
    public const long MaxTimestamp = 4_294_943_999L * 1_000_000_000;

    /// <summary>A time by which a row is stored: those beyond <see cref="MaxTimestamp"/> become it.</summary>
    public static long ClampTimestamp(ulong unixNano) => (long)Math.Min(unixNano, MaxTimestamp);

    /// <summary>Times beyond 2262, which a DateTime64(9) does not reach, become its last one.</summary>
    public static long Clamp(ulong unixNano) => (long)Math.Min(unixNano, long.MaxValue);

    /// <summary>The UTC day, in days since 1970; days beyond the engine's Date become its last one.</summary>
    public static ushort Day(long unixNano) => (ushort)Math.Min(unixNano / NanosecondsPerDay, ushort.MaxValue);

    /// <summary>Whole milliseconds, as metric points keep them.</summary>
    public static long Milliseconds(long unixNano) => unixNano / NanosecondsPerMillisecond;

    public static DateTimeOffset ToDateTimeOffset(long unixNano) =>
        DateTimeOffset.UnixEpoch.AddTicks(unixNano / TimeSpan.NanosecondsPerTick);

    public static long Now(TimeProvider time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
