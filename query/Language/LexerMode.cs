namespace Observe.Query.Language;

/// <summary>What the parser expects next; the same characters mean different things in different places.</summary>
internal enum LexerMode
{
    /// <summary>A filter: a colon after a name, an operator or a parenthesis ends a word, a leading - or ! negates.</summary>
    Term,

    /// <summary>What stands after an operator: -5, a URL with : and =, and the like are one word.</summary>
    Value,

    /// <summary>What <c>let</c> computes: + - * / % are operators, so a name or number ends before them.</summary>
    Expression,
}
