namespace Observe.Query.Execution;

/// <summary>Which questions are logged as slow. Configuration section <c>Observe:Query:SlowQueries</c>.</summary>
public sealed class SlowQueryOptions
{
    /// <summary>Questions that keep the engine busy for longer are logged; 0 logs none.</summary>
    public TimeSpan Threshold { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether what was asked is logged: the query's text, the values of the SQL's parameters, and the plan's conditions, which hold them. Without it
    /// the SQL with its placeholders and the plan's numbers are.
    /// </summary>
    public bool LogText { get; set; } = true;

    /// <summary>Slow questions that <c>/api/v1/queries/slow</c> tells, the latest.</summary>
    public int Kept { get; set; } = 100;
}
