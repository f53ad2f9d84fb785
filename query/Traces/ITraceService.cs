namespace Observe.Query.Traces;

/// <summary>Finds traces by their id, whenever they happened.</summary>
public interface ITraceService
{
    /// <summary>The trace, or null when nothing with this id is stored.</summary>
    /// <param name="traceId">32 hex digits in any case, dashes allowed.</param>
    /// <param name="cancellationToken">Ends the queries.</param>
    /// <exception cref="FormatException">The text is not a trace id; the message says what one looks like.</exception>
    Task<Trace?> GetTraceAsync(string traceId, CancellationToken cancellationToken);
}
