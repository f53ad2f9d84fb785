using System.Runtime.InteropServices;
using Observe.Storage.Columns;

namespace Observe.Ingest.Otlp;

/// <summary>What became of one request's records, by the service that they are of. Used by one thread at a time.</summary>
internal sealed class ServiceTallies
{
    private readonly Dictionary<byte[], RecordTally> _tallies = new(Utf8Comparer.Instance);

    /// <summary>Each service's name in UTF-8, with its counts.</summary>
    public IReadOnlyDictionary<byte[], RecordTally> All => _tallies;

    /// <summary>The counts of a service, to add to until the next call.</summary>
    public ref RecordTally Of(byte[] serviceName) => ref CollectionsMarshal.GetValueRefOrAddDefault(_tallies, serviceName, out _);

    public void Clear() => _tallies.Clear();
}
