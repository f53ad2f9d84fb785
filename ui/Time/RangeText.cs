using Observe.Query.Time;

namespace Observe.Ui.Time;

/// <summary>A time range as the address bar holds it: relative ends stay relative, so that a link keeps its meaning.</summary>
public sealed record RangeText(string From, string To)
{
    public static RangeText Default { get; } = new("now-15m", "now");

    /// <summary>What the picker offers, from short to long.</summary>
    public static IReadOnlyList<(string From, string Label)> Presets { get; } =
    [
        ("now-5m", "Last 5 minutes"),
        ("now-15m", "Last 15 minutes"),
        ("now-1h", "Last hour"),
        ("now-3h", "Last 3 hours"),
        ("now-12h", "Last 12 hours"),
        ("now-1d", "Last day"),
        ("now-3d", "Last 3 days"),
        ("now-7d", "Last 7 days"),
        ("now-30d", "Last 30 days"),
    ];

    public bool EndsNow => To == "now";

    /// <summary>The range in Unix nanoseconds, or what is wrong with it.</summary>
    public bool TryResolve(ViewerTime time, out TimeRange range, out string error)
    {
        range = default;
        if (!time.TryParse(From, out long from))
        {
            error = $"“{From}” is no time. Write now-15m, 2026-01-31 14:00, or 2026-01-31T14:00:00Z, {TimeExpression.Years}.";
            return false;
        }

        if (!time.TryParse(To, out long to))
        {
            error = $"“{To}” is no time. Write now, 2026-01-31 14:00, or 2026-01-31T14:00:00Z, {TimeExpression.Years}.";
            return false;
        }

        if (to <= from)
        {
            error = "The range ends before it begins.";
            return false;
        }

        range = new TimeRange(from, to);
        error = "";
        return true;
    }

    /// <summary>As the button in the top bar shows it.</summary>
    public string Describe(ViewerTime time)
    {
        if (EndsNow)
        {
            foreach ((string from, string label) in Presets)
            {
                if (from == From)
                    return label;
            }
        }

        return $"{Part(From)} – {Part(To)}";

        string Part(string text) =>
            !TimeText.IsRelative(text) && time.TryParse(text, out long ns) ? time.Short(ns) : text;
    }
}
