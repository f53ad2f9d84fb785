namespace Observe.Tests.Query.Differential.Reference;

/// <summary>The order of severities.</summary>
internal static class ReferenceSeverity
{
    private static readonly string[] Classes = ["trace", "debug", "info", "warn", "error", "fatal"];

    /// <summary>Null for a text that names none.</summary>
    public static int? Rank(object? value) => Array.IndexOf(Classes, value as string) is >= 0 and var rank ? rank : null;
}
