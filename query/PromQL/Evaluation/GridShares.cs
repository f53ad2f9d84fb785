namespace Observe.Query.PromQL.Evaluation;

/// <summary>
/// Divides the times of a grid among workers. Each takes piece after piece of a stretch of its own, so that what it read for one serves for the next; whose
/// stretch is over takes half of the longest that is left. For several threads.
/// </summary>
internal sealed class GridShares
{
    private readonly Lock _lock = new();
    private readonly (int Next, int End)[] _stretches;

    /// <param name="from">The first time.</param>
    /// <param name="to">Behind the last.</param>
    /// <param name="workers">How many.</param>
    public GridShares(int from, int to, int workers)
    {
        long count = to - from;
        _stretches = [.. Enumerable.Range(0, workers).Select(worker =>
            (from + (int)(count * worker / workers), from + (int)(count * (worker + 1) / workers)))];
    }

    public int Workers => _stretches.Length;

    /// <summary>The next piece of a worker.</summary>
    /// <param name="worker">Its number, from 0.</param>
    /// <param name="length">As many times as it would like to have, at least 1.</param>
    /// <returns>Null when no other worker has times to give away either.</returns>
    public GridPiece? Take(int worker, int length)
    {
        lock (_lock)
        {
            if (_stretches[worker].Next == _stretches[worker].End && !TakeOver(worker))
            {
                return null;
            }

            (int next, int end) = _stretches[worker];
            int taken = Math.Min(length, end - next);
            _stretches[worker].Next += taken;
            return new GridPiece(next, taken, IsFollowed: next + taken < end);
        }
    }

    /// <summary>Gives back the last piece, which was too long.</summary>
    public void Return(int worker, GridPiece piece)
    {
        lock (_lock)
        {
            // What others have taken over since was behind it.
            _stretches[worker].Next = piece.From;
        }
    }

    private bool TakeOver(int worker)
    {
        int longest = 0;
        for (int other = 1; other < _stretches.Length; other++)
        {
            if (Left(other) > Left(longest))
            {
                longest = other;
            }
        }

        if (Left(longest) < 2)
        {
            return false;
        }

        int middle = _stretches[longest].End - (Left(longest) / 2);
        _stretches[worker] = (middle, _stretches[longest].End);
        _stretches[longest].End = middle;
        return true;
    }

    private int Left(int worker) => _stretches[worker].End - _stretches[worker].Next;
}

/// <summary>Some times of a grid.</summary>
/// <param name="From">The index of the first.</param>
/// <param name="Count">How many.</param>
/// <param name="IsFollowed">Whether the same worker's next piece begins where this one ends, unless another takes it over.</param>
internal readonly record struct GridPiece(int From, int Count, bool IsFollowed);
