namespace Observe.Query.Language;

/// <summary>What is said to those who write a stage as other languages have it.</summary>
internal static class StageMistakes
{
    private const int LongestExample = 60;

    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["filter"] = "where",
        ["search"] = "where",
        ["having"] = "where",
        ["head"] = "limit",
        ["take"] = "limit",
        ["first"] = "limit",
        ["order"] = "sort",
        ["orderby"] = "sort",
        ["select"] = "fields",
        ["project"] = "fields",
        ["keep"] = "fields",
        ["table"] = "fields",
        ["summarize"] = "stats",
        ["aggregate"] = "stats",
        ["extend"] = "let",
        ["eval"] = "let",
        ["distinct"] = "dedup",
        ["uniq"] = "dedup",
        ["unique"] = "dedup",
        ["json"] = "parse json",
        ["logfmt"] = "parse logfmt",
    };

    /// <summary>What to write in place of a stage that there is not; null if that cannot be told.</summary>
    /// <param name="name">The stage's name.</param>
    /// <param name="rest">What stands after it, up to the next stage.</param>
    public static string? Replacement(string name, string rest)
    {
        string? stage;
        if (name.Equals("group", StringComparison.OrdinalIgnoreCase) || name.Equals("groupby", StringComparison.OrdinalIgnoreCase))
        {
            (stage, rest) = ("stats count() by", WithoutBy(rest));
        }
        else if (AggregateFunctions.TryParse(name) is not null && rest.StartsWith('('))
        {
            (stage, rest) = ("stats", name + rest);
        }
        else if (name.Equals("count", StringComparison.OrdinalIgnoreCase))
        {
            stage = "stats count()";
        }
        else if (Synonyms.TryGetValue(name, out stage))
        {
            rest = stage == "sort" ? WithoutBy(rest) : rest;
        }

        return stage is null || rest.Length is 0 or > LongestExample ? stage : $"{stage} {rest}";
    }

    /// <summary>What is wrong with what stands where a stage might have ended.</summary>
    /// <param name="name">The stage's, as it is written.</param>
    /// <param name="stage">What was read of it.</param>
    /// <param name="next">What stands there.</param>
    /// <param name="after">What comes after that.</param>
    /// <param name="stages">The names of all stages.</param>
    public static string Trailing(string name, StageNode stage, Token next, Token after, IReadOnlyList<string> stages) => next.Kind switch
    {
        TokenKind.RightParen => "This ) closes nothing: remove it.",
        TokenKind.Word or TokenKind.Backticked => Word(stage, next, after, stages),
        TokenKind.LeftParen when IsList(stage) => "A field is expected before this (: compute a function's value with let, as in let x = lower(name), and write x here.",
        _ => null,
    }
    ?? $"The end of the stage {name}, or a |, is expected here, not {next.Text}.";

    private static string? Word(StageNode stage, Token next, Token after, IReadOnlyList<string> stages)
    {
        switch (stage)
        {
            case SortStage sort when next.Kind == TokenKind.Word && Direction(next.Text) is { } direction:
                return $"Write {direction} in place of {next.Text}: sort {sort.Keys[^1].Field.FullName} {direction}.";
            case SortStage { Keys: [.., { Field.Name: "desc" or "asc" } last] }:
                return $"{last.Field.Name} stands after its field: sort {next.Text} {last.Field.Name}.";
            case StatsStage { Keys.Count: 0 } when next.IsWord("group") || next.IsWord("groupby"):
                return "The keys of stats stand after by alone: write by in place of group by.";
            case ParseTemplateStage { From: null } or ParseFormatStage { From: null }:
                return $"from is expected before the field that is parsed: from {next.Text}.";
        }

        bool goesOn = after.Kind is not (TokenKind.End or TokenKind.Pipe or TokenKind.Comma);
        if (next.Kind == TokenKind.Word && goesOn)
        {
            if (stages.FirstOrDefault(next.IsWord) is { } another && !(another == "top" && after.Kind == TokenKind.LeftParen))
            {
                return $"A | is expected before the stage {another}.";
            }

            if (Synonyms.TryGetValue(next.Text, out string? meant) && after.Kind != TokenKind.LeftParen)
            {
                return $"A | and {meant} are expected here in place of {next.Text}.";
            }
        }

        bool isAggregate = stage is StatsStage { Keys.Count: 0 } && after.Kind == TokenKind.LeftParen;
        return isAggregate || IsList(stage) ? $"A comma is expected before {next.Text}." : null;
    }

    private static bool IsList(StageNode stage) => stage is SortStage or FieldsStage or DedupStage or StatsStage { Keys.Count: > 0 };

    private static string? Direction(string word) => word.ToLowerInvariant() switch
    {
        "dsc" or "descending" or "descend" => "desc",
        "ascending" or "ascend" => "asc",
        _ => null,
    };

    private static string WithoutBy(string rest) => rest.StartsWith("by ", StringComparison.OrdinalIgnoreCase) ? rest[3..].TrimStart() : rest;
}
