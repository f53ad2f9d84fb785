namespace Observe.Query.PromQL.Selection;

/// <summary>Finds the place of each row's series.</summary>
/// <remarks>Rows come in the order of their series, stretch by stretch, so that the series of a row is mostly that of the row before, or the next.</remarks>
/// <param name="series">The ids of those that are wanted, ascending.</param>
internal struct SeriesFinder(ulong[] series)
{
    private int _next;

    /// <returns>The index in the ids; -1 for a series that is not wanted.</returns>
    public int Find(ulong id)
    {
        if (_next > 0 && series[_next - 1] == id)
        {
            return _next - 1;
        }

        if (_next < series.Length && series[_next] == id)
        {
            return _next++;
        }

        int found = Array.BinarySearch(series, id);
        _next = found >= 0 ? found + 1 : ~found;
        return found >= 0 ? found : -1;
    }
}
