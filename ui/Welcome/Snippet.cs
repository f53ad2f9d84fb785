namespace Observe.Ui.Welcome;

/// <summary>How to send data from one kind of program.</summary>
/// <param name="Steps">Each with where its text goes: a file, or a shell.</param>
public sealed record Snippet(string Title, IReadOnlyList<(string Where, string Text)> Steps);
