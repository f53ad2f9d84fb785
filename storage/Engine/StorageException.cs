namespace Observe.Storage.Engine;

/// <summary>The engine refused or failed a statement.</summary>
public sealed class StorageException : Exception
{
    public StorageException(StorageError error, string message)
        : base(message) => Error = error;

    public StorageException(StorageError error, string message, Exception innerException)
        : base(message, innerException) => Error = error;

    public StorageError Error { get; }
}
