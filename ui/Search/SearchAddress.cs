using System.Globalization;
using System.Text;

using Observe.Ui.Time;

namespace Observe.Ui.Search;

/// <summary>All of the search page's state, which is what its address holds.</summary>
/// <param name="Query">Text in the search language.</param>
/// <param name="Open">The row that is open (<see cref="RecordKey"/>), or null.</param>
/// <param name="Limit">At most so many rows.</param>
public sealed record SearchAddress(string Query, RangeText Range, string? Open, int Limit)
{
    public const int DefaultLimit = 1_000;

    /// <summary>What one page of a browser still scrolls with ease; who needs more narrows the query or takes the API.</summary>
    public const int MaxLimit = 10_000;

    public static SearchAddress From(string? query, string? from, string? to, string? open, string? limit)
    {
        RangeText range = RangeText.Default;
        if (!string.IsNullOrWhiteSpace(from))
            range = new RangeText(from, string.IsNullOrWhiteSpace(to) ? "now" : to);

        int rows = int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out int wanted) ? wanted : DefaultLimit;
        return new SearchAddress(query ?? "", range, string.IsNullOrEmpty(open) ? null : open, Math.Clamp(rows, 1, MaxLimit));
    }

    /// <summary>The same search with nothing open: what must be asked again when it changes.</summary>
    public SearchAddress WithoutOpen => this with { Open = null };

    /// <summary>The address, relative to the root.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("search?q=");
        text.Append(Uri.EscapeDataString(Query));
        text.Append("&from=").Append(Uri.EscapeDataString(Range.From));
        text.Append("&to=").Append(Uri.EscapeDataString(Range.To));
        if (Limit != DefaultLimit)
            text.Append("&limit=").Append(Limit);
        if (Open is not null)
            text.Append("&open=").Append(Uri.EscapeDataString(Open));
        return text.ToString();
    }

    /// <summary>The address of a search for another page to link to.</summary>
    public static string For(string query, RangeText range) => new SearchAddress(query, range, null, DefaultLimit).ToString();
}
