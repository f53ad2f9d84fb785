using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>Takes rows of (series, milliseconds, number), run by run.</summary>
/// <remarks>
/// The engine reads parts and stretches of time side by side, each in the order of its series and their times. So rows come in runs of one series, and those of
/// one series in any order.
/// </remarks>
/// <param name="range">Which series are wanted.</param>
internal abstract class SeriesScan(PointRange range) : INumberSink, IDisposable
{
    protected PointRange Range => range;

    public void Add(NumberBlock block)
    {
        ReadOnlySpan<ulong> ids = block.Column<ulong>(0);
        ReadOnlySpan<long> times = block.Column<long>(1);
        ReadOnlySpan<double> values = block.Column<double>(2);
        var finder = new SeriesFinder(range.Series);
        for (int start = 0, end; start < ids.Length; start = end)
        {
            int length = ids[start..].IndexOfAnyExcept(ids[start]);
            end = length < 0 ? ids.Length : start + length;
            int place = finder.Find(ids[start]);
            if (place >= 0)
            {
                Add(place, times[start..end], values[start..end]);
            }
        }
    }

    public virtual void Dispose()
    {
    }

    /// <summary>Takes a run, which is mostly in the order of time.</summary>
    protected abstract void Add(int place, ReadOnlySpan<long> milliseconds, ReadOnlySpan<double> numbers);
}
