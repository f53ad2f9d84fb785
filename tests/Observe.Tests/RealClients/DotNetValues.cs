using System.Collections;

namespace Observe.Tests.RealClients;

/// <summary>From the values that .NET code hands to the SDK to those that OTLP has.</summary>
internal static class DotNetValues
{
    public static Dictionary<string, object?> Attributes(IEnumerable<KeyValuePair<string, object?>> attributes) =>
        attributes.ToDictionary(pair => pair.Key, pair => Value(pair.Value));

    /// <summary>Unix nanoseconds of a time in UTC, which .NET has in steps of 100 ns.</summary>
    public static long Nanoseconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    private static object? Value(object? value) => value switch
    {
        null or string or bool or long or double => value,
        int number => (long)number,
        IEnumerable list => list.Cast<object?>().Select(Value).ToArray(),
        _ => throw new ArgumentException($"The tests do not know how the SDK sends a {value.GetType()}."),
    };
}
