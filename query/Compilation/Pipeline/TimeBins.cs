using System.Globalization;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>The bins of time that a range is cut into. They begin at multiples of their width, so that they do not move when the range does.</summary>
internal sealed class TimeBins
{
    /// <summary>What <c>bin(auto)</c> makes: as many as a chart has room for.</summary>
    private const int AutoBins = 60;

    /// <summary>The most that a range is cut into: every one of them is filled, also where nothing happened.</summary>
    private const int MaxBins = 10_000;

    private readonly TimeRange _range;
    private readonly long _width;

    private TimeBins(TimeRange range, long width) => (_range, _width) = (range, width);

    /// <summary>The clause after the bin's column in ORDER BY that adds the bins that no row fell into, for each combination of the keys before it.</summary>
    public string Fill => $"WITH FILL FROM {Text(Floor(_range.From))} TO {Text(_range.To)} STEP {Text(_width)}";

    /// <exception cref="QuerySyntaxException">The width makes too many bins of the range, or is wider than <see cref="BinWidths.Widest"/>.</exception>
    public static TimeBins Of(BinKey bin, TimeRange range)
    {
        if (bin.Width is null)
        {
            return new TimeBins(range, BinWidths.For(range.To - range.From, AutoBins));
        }

        ValueText.TryDuration(bin.Width.Text, out double nanoseconds);
        if (nanoseconds > BinWidths.Widest)
        {
            // Also where one bin would do: the engine adds the width to the last bin to see that no other follows.
            throw new QuerySyntaxException(
                $"{bin.Width.Text} is wider than the widest bin of time, 366 days. Take a narrower one, or bin(auto); without a bin all times are one group.", bin.Span);
        }

        double bins = (range.To - range.From) / Math.Max(nanoseconds, 1);
        return bins <= MaxBins
            ? new TimeBins(range, (long)Math.Max(nanoseconds, 1))
            : throw new QuerySyntaxException(
                string.Create(CultureInfo.InvariantCulture, $"{bin.Width.Text} cuts this time range into {bins:N0} bins; at most {MaxBins:N0} are made. Take a wider bin, a shorter range, or bin(auto)."),
                bin.Span);
    }

    /// <summary>The start of a time's bin, in Unix nanoseconds.</summary>
    public string Start(string time) => $"toUnixTimestamp64Nano({time}) - positiveModulo(toUnixTimestamp64Nano({time}), {Text(_width)})";

    /// <summary>The start of a bin as a time.</summary>
    public static string Time(string bin) => $"fromUnixTimestamp64Nano({bin}, 'UTC')";

    /// <summary>The seconds of a bin that lie in the range: the first and the last one may be cut.</summary>
    public string Seconds(string bin) =>
        $"((least({bin} + {Text(_width)}, {Text(_range.To)}) - greatest({bin}, {Text(_range.From)})) / 1e9)";

    private long Floor(long value) => value - (((value % _width) + _width) % _width);

    private static string Text(long value) => $"toInt64({value.ToString(CultureInfo.InvariantCulture)})";
}
