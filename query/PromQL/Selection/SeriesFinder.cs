namespace Observe.Query.PromQL.Selection;

/// <summary>Finds the place of each row's series. Rows of one series come together, so that it is looked up once for each run of them.</summary>
internal struct SeriesFinder(IReadOnlyDictionary<ulong, int> series)
{
    private ulong _last;
    private int _place = -1;
    private bool _hasLast;

    /// <returns>-1 for a series that is not wanted.</returns>
    public int Find(ulong id)
    {
        if (!_hasLast || id != _last)
        {
            _hasLast = true;
            _last = id;
            _place = series.TryGetValue(id, out int place) ? place : -1;
        }

        return _place;
    }
}
