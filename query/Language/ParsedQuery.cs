using Observe.Query.Search;

namespace Observe.Query.Language;

/// <summary>A query, understood.</summary>
/// <param name="Filter">Null when every record is wanted.</param>
/// <param name="Stages">What stands after the filter, in order; empty if nothing does.</param>
public sealed record ParsedQuery(SearchSignal Signal, FilterNode? Filter, IReadOnlyList<StageNode> Stages)
{
    public ParsedQuery(SearchSignal signal, FilterNode? filter)
        : this(signal, filter, [])
    {
    }

    /// <summary>The word that says the signal; empty where none does.</summary>
    public TextSpan SignalSpan { get; init; }

    /// <summary>Whether it wants only some of the records.</summary>
    public bool IsFiltered => Filter is not null || Stages.Any(stage => stage is WhereStage);
}
