using Observe.Query.Compilation;
using Observe.Query.Time;

namespace Observe.Query.Cardinality;

/// <summary>The days that a range touches, and the one before the last of them, which tells what grows.</summary>
/// <param name="First">Days since 1970-01-01 (UTC).</param>
/// <param name="Last">The same.</param>
internal readonly record struct CountedDays(long First, long Last)
{
    private const long NanosecondsPerDay = 86_400_000_000_000;

    /// <summary>The last day that a table's Date holds.</summary>
    private const long MaxDay = ushort.MaxValue;

    public static CountedDays Of(TimeRange range) => new(
        Math.Clamp(range.From / NanosecondsPerDay, 0, MaxDay), Math.Clamp((range.To - 1) / NanosecondsPerDay, 0, MaxDay));

    public DateOnly FirstDate => Date(First);

    public DateOnly LastDate => Date(Last);

    /// <summary>From the beginning of the first day to the end of the last.</summary>
    public TimeRange Range => new(First * NanosecondsPerDay, (Last + 1) * NanosecondsPerDay);

    /// <summary>The rows of all days that are needed.</summary>
    public string Condition(ParameterBag parameters) =>
        $"Day >= toDate({parameters.Add(Math.Max(0, Math.Min(First, Last - 1)))}) AND Day <= toDate({parameters.Add(Last)})";

    /// <summary>The distinct values of an expression as the columns <c>…Total</c>, <c>…Last</c> and <c>…Before</c>.</summary>
    /// <param name="parameters">The statement's.</param>
    /// <param name="expression">Nulls do not count.</param>
    /// <param name="prefix">The columns' names begin with it.</param>
    public string Uniq(ParameterBag parameters, string expression, string prefix)
    {
        // Of a range of one day the numbers are the same.
        string last = $"uniqIf({expression}, Day = toDate({parameters.Add(Last)}))";
        string total = First == Last ? last : First < Last - 1 ? $"uniq({expression})" : $"uniqIf({expression}, Day >= toDate({parameters.Add(First)}))";
        return $"{total} AS {prefix}Total, {last} AS {prefix}Last, uniqIf({expression}, Day = toDate({parameters.Add(Last - 1)})) AS {prefix}Before";
    }

    private static DateOnly Date(long day) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)day);
}
