using System.Globalization;

namespace Observe.Ui.Search;

/// <summary>How wide the columns of a table are: as wide as what stands in them, less where there is no room for all.</summary>
internal static class TableLayout
{
    /// <summary>Rows whose texts are measured; what comes later may be cut, and is whole in its tooltip.</summary>
    public const int MeasuredRows = 200;

    /// <summary>Of the monospaced font in the size of rows; CSS has a unit for it, but each row would have its own.</summary>
    private const double CharacterPixels = 7.3;

    /// <summary>What a column keeps when others are wide.</summary>
    private const int KeptCharacters = 14;

    private const int MaxCharacters = 240;

    /// <summary>A CSS list of grid columns.</summary>
    /// <param name="headers">One for each column.</param>
    /// <param name="rows">The texts of the first rows.</param>
    public static string Columns(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        int[] characters = [.. headers.Select(header => header.Length)];
        foreach (IReadOnlyList<string> row in rows)
        {
            for (int i = 0; i < characters.Length; i++)
            {
                characters[i] = Math.Max(characters[i], row[i].Length);
            }
        }

        return string.Join(' ', characters.Select(Column));
    }

    private static string Column(int characters)
    {
        int wanted = Math.Clamp(characters, 3, MaxCharacters);
        return string.Create(CultureInfo.InvariantCulture, $"minmax({Math.Min(wanted, KeptCharacters) * CharacterPixels:0}px, {wanted * CharacterPixels:0}px)");
    }
}
