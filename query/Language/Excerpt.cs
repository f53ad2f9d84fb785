namespace Observe.Query.Language;

/// <summary>What was sent, as it stands in a message about it: the beginning tells which it is, and no message grows with what was sent.</summary>
internal static class Excerpt
{
    private const int MostInMessage = 100;
    private const int MostInLog = 4_000;

    /// <summary>For the answer to whoever sent it.</summary>
    public static string Of(string text) => Beginning(text, MostInMessage);

    /// <summary>For whoever looks for what was slow or failed.</summary>
    public static string ForLog(string text) => Beginning(text, MostInLog);

    private static string Beginning(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        // Not between the halves of a character.
        int length = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return $"{text.AsSpan(0, length)}…";
    }
}
