using System.Runtime.CompilerServices;
using Observe.Storage.Engine;

namespace Observe.Query.Api.Formats;

/// <summary>A result that the engine writes, as the chunks of an answer.</summary>
internal static class EngineChunks
{
    /// <exception cref="StorageException">The query fails, at whatever byte.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(FormattedResult result, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using (result)
        {
            while (await result.ReadAsync(cancellationToken) is { Length: > 0 } chunk)
            {
                yield return chunk;
            }
        }
    }
}
