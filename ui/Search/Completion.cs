namespace Observe.Ui.Search;

/// <summary>What could stand where the caret is.</summary>
/// <param name="Start">First character that a choice replaces.</param>
/// <param name="Length">Characters that it replaces.</param>
public sealed record Completion(int Start, int Length, IReadOnlyList<CompletionItem> Items);

/// <param name="Label">What the list shows.</param>
/// <param name="Insert">What is written into the query.</param>
/// <param name="Detail">Type or source, in a word.</param>
public sealed record CompletionItem(string Label, string Insert, string Detail);
