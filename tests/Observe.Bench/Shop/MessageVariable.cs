namespace Observe.Bench.Shop;

/// <summary>What can stand in braces in a log message.</summary>
internal enum MessageVariable
{
    None,
    Amount,
    Attempt,
    Count,
    Host,
    Item,
    Key,
    Method,
    Ms,
    Order,
    Route,
    Size,
    Status,
    User,
}
