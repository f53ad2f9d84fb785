namespace Observe.Query.Search;

/// <summary>That a search found more than its limit lets it answer.</summary>
/// <param name="Notice">The one of the notices that says so.</param>
/// <param name="IsLatest">Whether those that are there are the latest, and not the first in another order.</param>
public sealed record SearchCut(string Notice, bool IsLatest);
