namespace Observe.Query.Language;

/// <summary>A query that cannot be understood, and where.</summary>
/// <param name="message">What was expected and what to write instead, for the user.</param>
/// <param name="position">The part of the text that is wrong.</param>
public sealed class QuerySyntaxException(string message, TextSpan position) : Exception(message)
{
    public TextSpan Position { get; } = position;
}
