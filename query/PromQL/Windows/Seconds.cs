namespace Observe.Query.PromQL.Windows;

/// <summary>From nanoseconds, in which times are kept, to seconds, in which PromQL calculates.</summary>
internal static class Seconds
{
    public static double Between(long from, long to) => (to - from) / 1e9;
}
