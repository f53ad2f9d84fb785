namespace Observe.Query.PromQL.Language;

/// <summary>Where the parser is; a colon means different things in different places.</summary>
internal enum LexerMode
{
    /// <summary>A colon belongs to a metric's name.</summary>
    Expression,

    /// <summary>Within braces, where names have no colons.</summary>
    Braces,

    /// <summary>Within brackets, where a colon stands between the range and the step.</summary>
    Brackets,
}
