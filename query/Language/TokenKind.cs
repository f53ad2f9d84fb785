namespace Observe.Query.Language;

internal enum TokenKind
{
    End,
    Word,
    Quoted,
    Backticked,
    LeftParen,
    RightParen,
    Comma,
    Pipe,
    Colon,

    /// <summary>One of = != &lt; &lt;= > >= ~ !~.</summary>
    Operator,

    /// <summary>A ! or - directly before what it negates.</summary>
    Negation,
}
