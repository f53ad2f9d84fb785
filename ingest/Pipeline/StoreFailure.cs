using Observe.Ingest.Journal;
using Observe.Storage.Engine;

namespace Observe.Ingest.Pipeline;

/// <summary>Says why a batch could not be stored, and what to do about it.</summary>
internal static class StoreFailure
{
    /// <summary>Whether the message alone says what happened; of anything else the stack is wanted too.</summary>
    public static bool IsExpected(Exception reason) => reason is StorageException or JournalException or IOException;

    /// <summary>One line.</summary>
    public static string Describe(Exception reason)
    {
        string message = reason.Message.ReplaceLineEndings(" ");
        return reason is StorageException { Error: StorageError.Disk } ? $"Make room on the disk of the data directory, or mend it: {message}" : message;
    }
}
