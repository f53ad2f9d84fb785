using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Observe.Tests.Ingest.Journal;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogLines : ILogger
{
    private readonly ConcurrentQueue<(int Id, LogLevel Level, string Text)> _lines = new();

    /// <summary>The messages of an event, in order.</summary>
    public IReadOnlyList<string> Of(int eventId) => [.. _lines.Where(line => line.Id == eventId).Select(line => line.Text)];

    public bool Has(int eventId) => Of(eventId).Count > 0;

    /// <summary>The ids of all events that operators are woken up for.</summary>
    public IReadOnlyList<int> Errors => [.. _lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Id)];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Id, logLevel, formatter(state, exception)));
}
