namespace Observe.Query.PromQL.Language;

/// <summary><c>@ 1609746000</c>, <c>@ start()</c>, <c>@ end()</c>: the time that is looked at in place of the evaluation's.</summary>
/// <param name="Anchor">What it is taken from.</param>
/// <param name="UnixMilliseconds">The time, for <see cref="AtAnchor.Time"/>; 0 for the others.</param>
public sealed record AtModifier(AtAnchor Anchor, long UnixMilliseconds);
