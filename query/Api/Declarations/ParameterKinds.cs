using System.Globalization;
using System.Text.Json.Nodes;
using Observe.Query.Language;

namespace Observe.Query.Api.Declarations;

/// <summary>Makes parameters. An empty text is as good as none, except where it is the value.</summary>
internal static class ParameterKinds
{
    /// <summary>Any text, as it was sent; null when it was not.</summary>
    public static Parameter<string?> Text(string name, string description, string example, string? defaultValue = null) =>
        new(name, description, defaultValue is null ? Schema.Text : Schema.Text.And("default", defaultValue), text => text) { Example = example };

    public static Parameter<string?> RequiredText(string name, string description, string example) => Text(name, description, example) with { IsRequired = true };

    public static Parameter<int> Count(string name, string description, int defaultValue, int max) =>
        new(name, description, CountTo(max).And("default", defaultValue), text => ReadCount(name, text, max) ?? defaultValue) { Example = Invariant(Math.Min(10, max)) };

    /// <summary>A number whose default, and perhaps its limit, depends on something else; null when it was not sent.</summary>
    public static Parameter<int?> OptionalCount(string name, string description, int max) =>
        new(name, description, CountTo(max), text => ReadCount(name, text, max)) { Example = Invariant(Math.Min(10, max)) };

    public static Parameter<bool> Flag(string name, string description) =>
        new(name, description, Schema.Flag.And("default", false), text => text switch
        {
            null or "" or "false" => false,
            "true" => true,
            _ => throw new FormatException($"{name} is true or false; not \"{Excerpt.Of(text)}\"."),
        })
        { Example = "true" };

    /// <summary>One of several words, in any case.</summary>
    /// <param name="fallback">What it is when it was not sent.</param>
    public static Parameter<T> Choice<T>(string name, string description, T fallback, params (string Word, T Value)[] choices) =>
        new(name, description, Schema.OneOf([.. choices.Select(choice => choice.Word)]), text => string.IsNullOrEmpty(text)
            ? fallback
            : Find(text, choices, $"{name} is {Words(choices)}; not \"{Excerpt.Of(text)}\"."))
        { Example = choices[0].Word };

    /// <summary>Some of several words, with commas between, each once.</summary>
    /// <param name="fallback">The words that count when it was not sent.</param>
    public static Parameter<IReadOnlyList<T>> Choices<T>(string name, string description, string fallback, params (string Word, T Value)[] choices) =>
        new(
            name,
            description,
            Schema.List(Schema.OneOf([.. choices.Select(choice => choice.Word)])).And("default", new JsonArray(fallback)),
            text => [.. (string.IsNullOrEmpty(text) ? fallback : text)
                .Split(',', StringSplitOptions.TrimEntries)
                .Select(word => Find(word, choices, $"{name} is {Words(choices)}, or some of them with commas between; not \"{Excerpt.Of(word)}\"."))
                .Distinct()])
        { Example = string.Join(',', choices.Take(2).Select(choice => choice.Word)) };

    /// <exception cref="FormatException">The text is not a number from 1 to <paramref name="max"/>.</exception>
    public static int? ReadCount(string name, string? text, int max) =>
        string.IsNullOrEmpty(text) ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1 && count <= max ? count
        : throw new FormatException($"{name} is a number from 1 to {max}; not \"{Excerpt.Of(text)}\".");

    private static Schema CountTo(int max) => Schema.Integer.And("minimum", 1).And("maximum", max);

    private static T Find<T>(string word, (string Word, T Value)[] choices, string error)
    {
        int found = Array.FindIndex(choices, choice => choice.Word.Equals(word, StringComparison.OrdinalIgnoreCase));
        return found >= 0 ? choices[found].Value : throw new FormatException(error);
    }

    private static string Words<T>((string Word, T Value)[] choices) => choices.Length == 1
        ? choices[0].Word
        : $"{string.Join(", ", choices[..^1].Select(choice => choice.Word))} or {choices[^1].Word}";

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
