namespace Observe.Query.PromQL.Language;

/// <summary>Words with a meaning of their own, and where they can be names all the same.</summary>
internal static class Keywords
{
    /// <summary>Words that are never a metric's name unless they are quoted.</summary>
    private static readonly HashSet<string> Reserved = new(["bool", "on", "ignoring", "group_left", "group_right", "atan2", "inf", "nan"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Unlistable = new(["without", "inf", "nan"], StringComparer.OrdinalIgnoreCase);

    public static bool IsReserved(string word) => Reserved.Contains(word);

    /// <summary>Whether a metric's name can be written without quotes.</summary>
    public static bool IsBareMetric(string name) =>
        name.Length > 0 && (Lexer.IsNameStart(name[0]) || name[0] == ':') && name.All(c => Lexer.IsNamePart(c) || c == ':') && !IsReserved(name);

    /// <summary>Whether a label's name can be written without quotes in braces.</summary>
    public static bool IsBareLabel(string name) => name.Length > 0 && Lexer.IsNameStart(name[0]) && name.All(Lexer.IsNamePart);

    /// <summary>Whether a label's name can be written without quotes in the list of by, on and the like.</summary>
    public static bool IsBareGroupLabel(string name) => IsBareLabel(name) && !IsUnlistable(name);

    /// <summary>Words that such a list holds in quotes only.</summary>
    public static bool IsUnlistable(string word) => Unlistable.Contains(word);
}
