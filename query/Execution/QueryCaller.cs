namespace Observe.Query.Execution;

/// <summary>Who asks, for what is called from here on (as <see cref="AsyncLocal{T}"/> flows): places are shared fairly between askers.</summary>
public static class QueryCaller
{
    private static readonly AsyncLocal<string?> Ambient = new();

    /// <summary>The address of an HTTP client, a page's connection, or a name of the program's own; "" where nobody said it.</summary>
    public static string Current => Ambient.Value ?? "";

    /// <summary>Names the asker until the result is disposed.</summary>
    public static IDisposable Use(string caller)
    {
        string? before = Ambient.Value;
        Ambient.Value = caller;
        return new Restore(before);
    }

    private sealed class Restore(string? before) : IDisposable
    {
        public void Dispose() => Ambient.Value = before;
    }
}
