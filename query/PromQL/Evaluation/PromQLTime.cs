namespace Observe.Query.PromQL.Evaluation;

/// <summary>Between nanoseconds and the milliseconds and seconds in which PromQL reckons.</summary>
internal static class PromQLTime
{
    public const long Millisecond = 1_000_000;
    public const long Second = 1_000_000_000;

    /// <summary>Seconds since 1970, exact to the millisecond.</summary>
    public static double Seconds(long time) => time / Millisecond / 1000.0;

    public static long FromMilliseconds(long milliseconds) => milliseconds * Millisecond;
}
