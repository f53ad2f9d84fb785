using Observe.Query.Search;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Correlation;

/// <summary>When and where the records of one signal lie that carry an id: what is known before any of them is read whole.</summary>
internal sealed class LocatedRecords(SearchSignal signal)
{
    private readonly List<long> _times = [];
    private readonly Dictionary<string, ServicePassage> _services = new(StringComparer.Ordinal);

    public SearchSignal Signal => signal;

    /// <summary>Unix nanoseconds, in no order.</summary>
    public IReadOnlyList<long> Times => _times;

    public IReadOnlyCollection<ServicePassage> Services => _services.Values;

    /// <summary>Whether there are more records than were counted.</summary>
    public bool IsCut { get; set; }

    /// <summary>Whether counting was ended by its limit on time.</summary>
    public bool IsTimedOut { get; set; }

    public QueryStatistics Statistics { get; set; }

    public void Add(ResultBlock block, RelatedIds related)
    {
        ResultColumn times = block["TimestampNs"], services = block["ServiceName"], errors = block["IsError"], traces = block["TraceIdHex"], ids = block["CorrelationIds"];
        for (int row = 0; row < block.RowCount; row++)
        {
            long time = times.GetInt64(row);
            _times.Add(time);
            Add(services.GetString(row), time, errors.GetUInt64(row) != 0);
            related.Add(traces.GetString(row), (object?[])ids.GetValue(row)!);
        }
    }

    private void Add(string service, long time, bool isError)
    {
        ServicePassage passage = _services.GetValueOrDefault(service) ?? new ServicePassage(service, time, time, 0, 0, 0);
        _services[service] = passage with
        {
            FirstNs = Math.Min(passage.FirstNs, time),
            LastNs = Math.Max(passage.LastNs, time),
            Logs = passage.Logs + (signal == SearchSignal.Logs ? 1 : 0),
            Spans = passage.Spans + (signal == SearchSignal.Spans ? 1 : 0),
            Errors = passage.Errors + (isError ? 1 : 0),
        };
    }
}
