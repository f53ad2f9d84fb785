namespace Observe.Query.PromQL.Language;

/// <summary>What the time of an <c>@</c> is taken from.</summary>
public enum AtAnchor
{
    /// <summary>A time that is written.</summary>
    Time,

    /// <summary>The start of the query's range; for an instant query, its time.</summary>
    Start,

    /// <summary>The end of the query's range; for an instant query, its time.</summary>
    End,
}
