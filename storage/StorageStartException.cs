namespace Observe.Storage;

/// <summary>Storage cannot start. The message is for whoever starts the program: what is wrong and what to do.</summary>
public sealed class StorageStartException : Exception
{
    public StorageStartException(string message)
        : base(message)
    {
    }

    public StorageStartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
