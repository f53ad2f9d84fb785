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

    /// <summary>One of = != &lt; &lt;= > >= ~ !~, in an expression also + - * / %.</summary>
    Operator,

    /// <summary><c>>></c>, between the filters of two spans.</summary>
    Descends,

    /// <summary>A ! or - directly before what it negates.</summary>
    Negation,
}
