namespace Observe.Query.PromQL.Language;

internal enum TokenKind
{
    End,

    /// <summary>A name or a keyword; what it is, its place says.</summary>
    Word,

    /// <summary>A number without its sign.</summary>
    Number,

    /// <summary>A duration with units.</summary>
    Duration,

    /// <summary>A text in quotes or backticks.</summary>
    String,

    LeftParen,
    RightParen,
    LeftBrace,
    RightBrace,
    LeftBracket,
    RightBracket,
    Comma,

    /// <summary>Between the range and the step of a subquery.</summary>
    Colon,

    /// <summary>@</summary>
    At,

    /// <summary>One of + - * / % ^ == != &lt; &lt;= > >= &lt;/ >/ = =~ !~.</summary>
    Operator,
}
