using Observe.Ingest.Journal.Files;

namespace Observe.Ingest.Journal;

/// <summary>The <see cref="RememberedRequests"/> files on disk, and until when each is needed, so that none is read again to find that out.</summary>
/// <remarks>Used by one thread at a time.</remarks>
internal sealed class RememberedFiles(IJournalFiles files)
{
    // By the newest request of each, and not in the order of the files: clocks are set back.
    private readonly PriorityQueue<string, long> _byNewest = new();

    /// <summary>Takes on a file. One of which nothing can be read is deleted with the next.</summary>
    public void Add(string path, IReadOnlyCollection<KnownRequest> requests)
    {
        long newest = long.MinValue;
        foreach (KnownRequest request in requests)
        {
            newest = Math.Max(newest, request.ReceivedAt);
        }

        _byNewest.Enqueue(path, newest);
    }

    /// <summary>Deletes the files whose requests were all received before a time. One that cannot be deleted is tried again with the next.</summary>
    /// <param name="time">Unix nanoseconds.</param>
    public void DeleteBefore(long time)
    {
        var left = new List<(string Path, long Newest)>();
        while (_byNewest.TryPeek(out string? path, out long newest) && newest < time)
        {
            _byNewest.Dequeue();
            try
            {
                files.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                left.Add((path, newest));
            }
        }

        _byNewest.EnqueueRange(left);
    }
}
