using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>A PromQL text that cannot be understood, and where.</summary>
public sealed class PromQLException : Exception
{
    /// <param name="message">What was expected and what to write instead, for the user.</param>
    /// <param name="query">The whole text.</param>
    /// <param name="position">The part of it that is wrong.</param>
    public PromQLException(string message, string query, TextSpan position)
        : base(message)
    {
        Position = position;
        ReadOnlySpan<char> before = query.AsSpan(0, Math.Min(position.Start, query.Length));
        Line = before.Count('\n') + 1;
        Column = before.Length - before.LastIndexOf('\n');
    }

    /// <summary>The part of the text that is wrong; empty at its end where something is missing.</summary>
    public TextSpan Position { get; }

    /// <summary>1-based line of its first character.</summary>
    public int Line { get; }

    /// <summary>1-based column of its first character (UTF-16).</summary>
    public int Column { get; }
}
