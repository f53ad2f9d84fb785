using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Observe.Query.Execution;

/// <summary>The latest slow questions, and those of which the plan is still to be asked for (<see cref="SlowQueryLog"/>).</summary>
internal sealed class SlowQueries(IOptions<QueryOptions> options)
{
    /// <summary>Questions that wait for their plan. Where so many are slow at once, the plans of the first tell why.</summary>
    private const int MostWaiting = 32;

    private readonly SlowQueryOptions _options = options.Value.SlowQueries;
    private readonly Queue<SlowQuery> _latest = new();
    private readonly Channel<Question> _found =
        Channel.CreateBounded<Question>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Slow questions in the order in which they ended.</summary>
    public ChannelReader<Question> Found => _found.Reader;

    /// <summary>The latest first.</summary>
    public IReadOnlyList<SlowQuery> Latest
    {
        get
        {
            lock (_latest)
            {
                return [.. _latest.Reverse()];
            }
        }
    }

    /// <summary>Looks at a question that is over.</summary>
    public void Look(Question question)
    {
        if (_options.Threshold > TimeSpan.Zero && question.Busy > _options.Threshold && question.Slowest is not null && question.Kind != SlowQueryLog.Kind)
        {
            _found.Writer.TryWrite(question);
        }
    }

    public void Add(SlowQuery query)
    {
        lock (_latest)
        {
            _latest.Enqueue(query);
            while (_latest.Count > _options.Kept)
            {
                _latest.Dequeue();
            }
        }
    }
}
