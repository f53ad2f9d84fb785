namespace Observe.Query.Language;

/// <summary>The functions of expressions.</summary>
public enum ExpressionFunction
{
    /// <summary><c>if(condition, then, otherwise)</c></summary>
    If,

    /// <summary><c>coalesce(a, b, …)</c>: the first that is there.</summary>
    Coalesce,

    /// <summary><c>concat(a, b, …)</c>: as one text; what is not there is left out.</summary>
    Concat,

    Lower,
    Upper,

    /// <summary><c>substr(text, start, length)</c>: from the character at start, 1 for the first; without length, to the end.</summary>
    Substr,

    /// <summary><c>length(text)</c>, in characters.</summary>
    Length,

    /// <summary><c>number(text)</c>: the number that the text is; nothing if it is none.</summary>
    Number,

    /// <summary><c>text(value)</c></summary>
    Text,

    /// <summary><c>round(x, digits)</c>; without digits, to an integer.</summary>
    Round,

    Floor,
    Ceil,
    Abs,
}
