namespace Observe.Query.Tail;

/// <summary>Shows records as they arrive.</summary>
public interface ITailService
{
    /// <summary>Begins to watch. The subscription is to be disposed; as long as there is one the engine is asked for what arrived.</summary>
    /// <exception cref="Language.QuerySyntaxException">The query is wrong, or is more than a filter.</exception>
    /// <exception cref="FormatException">The rate is not one.</exception>
    /// <exception cref="TailLimitException">There are as many viewers as there may be.</exception>
    /// <exception cref="Storage.Engine.StorageException">The engine does not answer.</exception>
    Task<TailSubscription> OpenAsync(TailRequest request, CancellationToken cancellationToken);
}
