namespace Observe.Query.Language;

/// <summary>What was sent, as it stands in a message about it: the beginning tells which it is, and no message grows with what was sent.</summary>
internal static class Excerpt
{
    private const int MostCharacters = 100;

    public static string Of(string text)
    {
        if (text.Length <= MostCharacters)
        {
            return text;
        }

        // Not between the halves of a character.
        int length = char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters;
        return $"{text.AsSpan(0, length)}…";
    }
}
