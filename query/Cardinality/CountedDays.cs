using Observe.Query.Compilation;
using Observe.Query.Time;

namespace Observe.Query.Cardinality;

/// <summary>The days that a range touches, and the one before the last of them, which tells what grows.</summary>
/// <param name="Asked">The days of the range.</param>
internal readonly record struct CountedDays(DayRange Asked)
{
    public static CountedDays Of(TimeRange range) => new(DayRange.Of(range));

    public DateOnly FirstDate => UnixDay.Date(Asked.First);

    public DateOnly LastDate => UnixDay.Date(Asked.Last);

    /// <summary>From the beginning of the first day to the end of the last.</summary>
    public TimeRange Range => new(UnixDay.Start(Asked.First), UnixDay.Start(Asked.Last + 1));

    /// <summary>The rows of all days that are needed.</summary>
    public string Condition(ParameterBag parameters) =>
        (Asked with { First = (ushort)Math.Max(0, Math.Min(Asked.First, Asked.Last - 1)) }).Condition(parameters);

    /// <summary>Of these the rows of the days that were asked for.</summary>
    public string IsAsked(ParameterBag parameters) => $"Day >= {DayRange.Date(parameters, Asked.First)}";

    /// <summary>The distinct values of an expression as the columns <c>…Total</c>, <c>…Last</c> and <c>…Before</c>.</summary>
    /// <param name="parameters">The statement's.</param>
    /// <param name="expression">Nulls do not count.</param>
    /// <param name="prefix">The columns' names begin with it.</param>
    public string Uniq(ParameterBag parameters, string expression, string prefix)
    {
        // Of a range of one day the numbers are the same.
        string last = $"uniqIf({expression}, Day = {DayRange.Date(parameters, Asked.Last)})";
        string total = Asked.First == Asked.Last ? last : Asked.First < Asked.Last - 1 ? $"uniq({expression})" : $"uniqIf({expression}, {IsAsked(parameters)})";
        string isBefore = Asked.Last == 0 ? "false" : $"Day = {DayRange.Date(parameters, (ushort)(Asked.Last - 1))}";
        return $"{total} AS {prefix}Total, {last} AS {prefix}Last, uniqIf({expression}, {isBefore}) AS {prefix}Before";
    }
}
