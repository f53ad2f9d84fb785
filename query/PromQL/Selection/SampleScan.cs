using System.Buffers;
using Observe.Query.PromQL.Evaluation;

namespace Observe.Query.PromQL.Selection;

/// <summary>Keeps all samples of each series: runs as they come, which are put one behind the other when all are there.</summary>
/// <param name="range">Which series are wanted.</param>
/// <param name="memory">Where samples are kept.</param>
/// <param name="before">Samples of each series that are there already, all before those of the range; null when there are none.</param>
internal sealed class SampleScan(PointRange range, SampleMemory memory, Samples<double>[]? before = null) : SeriesScan(range)
{
    private readonly SampleBound _bound = new(range, memory);
    private readonly SampleChunks _arrived = new();
    private readonly HashSet<int> _unordered = [];
    private Run[] _runs = ArrayPool<Run>.Shared.Rent(1024);
    private int _runCount;

    /// <summary>The samples of each series, by their places.</summary>
    public Samples<double>[] Build() => Build(long.MaxValue).All;

    /// <summary>The samples of each series, by their places: all, and those not after a time.</summary>
    public (Samples<double>[] All, Samples<double>[] Until) Build(long time)
    {
        SampleChunks kept = memory.Open();
        int[] counts = new int[Range.Series.Length], ends = new int[Range.Series.Length];
        Run[] byPlace = RunsByPlace(counts, ends);
        try
        {
            var all = new Samples<double>[counts.Length];
            Samples<double>[] until = time >= Range.Samples.To ? all : new Samples<double>[counts.Length];
            for (int place = 0, start = 0; place < all.Length; place++)
            {
                Samples<double> first = before is null ? Samples<double>.Empty : before[place];
                Samples<double> joined = Join(first, byPlace.AsSpan(start..ends[place]), counts[place], kept);
                start = ends[place];
                all[place] = joined;
                if (until != all)
                {
                    // Now, while they are in the processor's cache.
                    until[place] = joined.Until(time);
                }
            }

            return (all, until);
        }
        finally
        {
            ArrayPool<Run>.Shared.Return(byPlace);
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _arrived.Dispose();
        ArrayPool<Run>.Shared.Return(_runs);
        _runs = [];
    }

    protected override void Add(int place, ReadOnlySpan<long> milliseconds, ReadOnlySpan<double> numbers)
    {
        _bound.Add(milliseconds.Length);
        SampleSpace space = _arrived.Reserve(milliseconds.Length);
        Span<long> times = _arrived.Times(space).Span;
        bool isOrdered = true;
        long last = long.MinValue;
        for (int i = 0; i < milliseconds.Length; i++)
        {
            isOrdered &= milliseconds[i] > last;
            last = milliseconds[i];
            times[i] = PromQLTime.FromMilliseconds(last);
        }

        numbers.CopyTo(_arrived.Values(space).Span);
        if (!isOrdered)
        {
            _unordered.Add(place);
        }

        Add(new Run(place, times[0], _runCount, space));
    }

    private void Add(in Run run)
    {
        if (_runCount == _runs.Length)
        {
            Run[] more = ArrayPool<Run>.Shared.Rent(_runCount * 2);
            _runs.CopyTo(more, 0);
            ArrayPool<Run>.Shared.Return(_runs);
            _runs = more;
        }

        _runs[_runCount++] = run;
    }

    /// <summary>The runs place by place, and those of a place by their first times.</summary>
    /// <param name="counts">Gets how many samples each place has.</param>
    /// <param name="ends">Gets where the runs of each place end.</param>
    private Run[] RunsByPlace(int[] counts, int[] ends)
    {
        foreach (ref readonly Run run in _runs.AsSpan(0, _runCount))
        {
            counts[run.Place] += run.Space.Count;
            ends[run.Place]++;
        }

        for (int place = 0, sum = 0; place < ends.Length; place++)
        {
            // Where the place begins; each run that is put there moves it towards the end.
            (ends[place], sum) = (sum, sum + ends[place]);
        }

        Run[] byPlace = ArrayPool<Run>.Shared.Rent(_runCount);
        foreach (ref readonly Run run in _runs.AsSpan(0, _runCount))
        {
            byPlace[ends[run.Place]++] = run;
        }

        return byPlace;
    }

    /// <param name="first">What was there already.</param>
    /// <param name="runs">What arrived.</param>
    /// <param name="arrived">How many samples these have.</param>
    /// <param name="kept">Where all are put.</param>
    private Samples<double> Join(Samples<double> first, Span<Run> runs, int arrived, SampleChunks kept)
    {
        if (first.Count + arrived == 0)
        {
            return Samples<double>.Empty;
        }

        _bound.Add(first.Count);
        SampleSpace space = kept.Reserve(first.Count + arrived);
        Memory<long> times = kept.Times(space);
        Memory<double> values = kept.Values(space);
        first.Times.CopyTo(times.Span);
        first.Values.CopyTo(values.Span);
        int count = first.Count;
        bool isOrdered = runs.IsEmpty || !_unordered.Contains(runs[0].Place);
        runs.Sort(static (left, right) => left.First != right.First ? left.First.CompareTo(right.First) : left.Arrival.CompareTo(right.Arrival));
        foreach (ref readonly Run run in runs)
        {
            isOrdered &= count == 0 || times.Span[count - 1] < run.First;
            _arrived.Times(run.Space).Span.CopyTo(times.Span[count..]);
            _arrived.Values(run.Space).Span.CopyTo(values.Span[count..]);
            count += run.Space.Count;
        }

        if (!isOrdered)
        {
            count = SampleOrder.Restore(times.Span, values.Span);
        }

        return new Samples<double>(times[..count], values[..count]);
    }

    /// <summary>Samples of one series that came one behind the other.</summary>
    /// <param name="Place">Of the series.</param>
    /// <param name="First">Its first time.</param>
    /// <param name="Arrival">Which run it was.</param>
    /// <param name="Space">Where its samples are.</param>
    private readonly record struct Run(int Place, long First, int Arrival, SampleSpace Space);
}
