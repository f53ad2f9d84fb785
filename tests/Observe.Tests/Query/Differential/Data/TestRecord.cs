using Observe.Query.Search;

namespace Observe.Tests.Query.Differential.Data;

/// <summary>A log record or a span as a sender made it: plain values, from which both the request and the expected answers are made.</summary>
/// <remarks>
/// Values of attributes are null, string, long, double, bool, byte[], <c>object?[]</c>, or <see cref="TestMap"/>.
/// </remarks>
internal sealed record TestRecord
{
    public required SearchSignal Signal { get; init; }

    /// <summary>Tells records apart; sent as their flags.</summary>
    public required uint Number { get; init; }

    public required TestOrigin Origin { get; init; }

    /// <summary>Unix nanoseconds.</summary>
    public required long Timestamp { get; init; }

    /// <summary>Unix nanoseconds; 0 if it was not sent.</summary>
    public long Observed { get; init; }

    /// <summary>Lower-case hex digits, or empty.</summary>
    public string TraceId { get; init; } = "";

    /// <inheritdoc cref="TraceId"/>
    public string SpanId { get; init; } = "";

    /// <inheritdoc cref="TraceId"/>
    public string ParentSpanId { get; init; } = "";

    public int SeverityNumber { get; init; }

    public string SeverityText { get; init; } = "";

    public string EventName { get; init; } = "";

    public object? Body { get; init; }

    public string Name { get; init; } = "";

    public int Kind { get; init; }

    public int Status { get; init; }

    public string StatusMessage { get; init; } = "";

    public string TraceState { get; init; } = "";

    public long DurationNs { get; init; }

    public IReadOnlyList<string> Events { get; init; } = [];

    public required TestMap Attributes { get; init; }

    public override string ToString() => Signal == SearchSignal.Logs
        ? $"log {Number}: time {Timestamp}, severity {SeverityNumber} '{SeverityText}', event '{EventName}', trace {TraceId}/{SpanId}, body {TestText.Of(Body)}, attributes {TestText.Of(Attributes)}, of {Origin}"
        : $"span {Number}: time {Timestamp}, {DurationNs} ns, name '{Name}', kind {Kind}, status {Status} '{StatusMessage}', {TraceId}/{SpanId} below {ParentSpanId}, events {TestText.Of(Events.ToArray<object?>())}, attributes {TestText.Of(Attributes)}, of {Origin}";
}

/// <summary>Where records come from.</summary>
/// <param name="Service">Null if the resource does not name it.</param>
/// <param name="Resource">The resource's attributes besides the service's name.</param>
internal sealed record TestOrigin(string? Service, TestMap Resource, string ScopeName, string ScopeVersion, TestMap Scope)
{
    public override string ToString() => $"{Service ?? "no service"} {TestText.Of(Resource)}, scope {ScopeName} {ScopeVersion} {TestText.Of(Scope)}";
}

/// <summary>Keys and values in the order in which they were sent.</summary>
internal sealed record TestMap(IReadOnlyList<(string Key, object? Value)> Entries)
{
    public static TestMap Of(params (string Key, object? Value)[] entries) => new(entries);

    /// <summary>
    /// The leaves by their names: those of maps within maps are joined by dots, and the second of a name is called <c>name#2</c>. Maps with nothing
    /// in them are leaves.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Leaves()
    {
        var leaves = new Dictionary<string, object?>(StringComparer.Ordinal);
        Add(leaves, "", this);
        return leaves;
    }

    private static void Add(Dictionary<string, object?> leaves, string prefix, TestMap map)
    {
        foreach ((string key, object? value) in map.Entries)
        {
            if (value is TestMap { Entries.Count: > 0 } inner)
            {
                Add(leaves, $"{prefix}{key}.", inner);
                continue;
            }

            string name = prefix + key;
            for (int n = 2; !leaves.TryAdd(name, value); n++)
            {
                name = $"{prefix}{key}#{n}";
            }
        }
    }
}
