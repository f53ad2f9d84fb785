namespace Observe.Ui.Search;

/// <summary>What is wrong with a query, and where.</summary>
public sealed record QueryError(string Message, int Start, int Length);
