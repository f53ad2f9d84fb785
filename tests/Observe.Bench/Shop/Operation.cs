namespace Observe.Bench.Shop;

/// <summary>Something that a service does on request.</summary>
/// <param name="Service">Name of the service that does it.</param>
/// <param name="Method">HTTP method, or the operation of a queue.</param>
/// <param name="Route">HTTP route, or the name of a queue.</param>
/// <param name="Milliseconds">Its own time without what it calls, on average.</param>
/// <param name="ErrorRate">From 0 to 1.</param>
/// <param name="Database">Statement that it runs, or null.</param>
/// <param name="Calls">Names of operations that it calls in turn; <c>?</c> before a name means in one of three requests.</param>
internal sealed record Operation(
    string Service, string Method, string Route, double Milliseconds, double ErrorRate, string? Database, params string[] Calls)
{
    public string Name => $"{Method} {Route}";

    public string FullName => $"{Service} {Name}";

    /// <summary>Whether it is asked through a queue rather than over HTTP.</summary>
    public bool IsMessage => Method == "process";
}
