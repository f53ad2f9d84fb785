namespace Observe.Query.Cardinality;

/// <summary>How many of something there are. Above 65,536 each number is an estimate, mostly within one percent.</summary>
/// <param name="Total">In all days of the range.</param>
/// <param name="LastDay">On the last day of the range.</param>
/// <param name="DayBefore">On the day before it, whether that is in the range or not.</param>
public readonly record struct Growth(long Total, long LastDay, long DayBefore)
{
    public long Change => LastDay - DayBefore;
}
