using Observe.Storage.Engine;

namespace Observe.Ui.Search;

/// <summary>A search that the engine did not answer, in words for the person who asked.</summary>
public sealed record SearchFailure(string Title, string Advice)
{
    public static SearchFailure From(StorageException error) => error.Error switch
    {
        StorageError.TimeLimit => new("The search took too long and was ended", "Narrow the time range, or add a filter on a service or a field."),
        StorageError.MemoryLimit => new("The search needed more memory than it may take", "Narrow the time range, or add a filter."),
        StorageError.RowLimit => new("The search would read more than it may", "Narrow the time range, or add a filter."),
        StorageError.Unavailable => new("The storage engine does not answer", $"It may still be starting. {error.Message}"),
        StorageError.Disk => new("The disk is full or cannot be written", error.Message),
        _ => new("The storage engine failed the search", error.Message),
    };
}
