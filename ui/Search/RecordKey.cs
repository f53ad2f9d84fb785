using System.Globalization;

using Observe.Query.Search;

namespace Observe.Ui.Search;

/// <summary>
/// A name for a record in an address. Spans and series have ids; logs have none, so theirs is the time and a hash of what tells records of the same
/// instant apart. It must be the same on every machine and after every restart: FNV-1a, not <see cref="string.GetHashCode()"/>.
/// </summary>
public static class RecordKey
{
    public static string Of(SearchRecord record) => record switch
    {
        SpanRecord span => string.Create(CultureInfo.InvariantCulture, $"{span.Timestamp}-{span.SpanId}"),
        LogRecord log => string.Create(CultureInfo.InvariantCulture, $"{log.Timestamp}-{Hash(log):x8}"),
        SeriesRecord series => series.SeriesId,
        _ => throw new ArgumentOutOfRangeException(nameof(record), record, "Not a record that a list shows."),
    };

    private static uint Hash(LogRecord log)
    {
        uint hash = Add(2166136261, log.BodyText);
        hash = Add(hash, log.ServiceName);
        hash = Add(hash, log.SpanId);
        foreach ((string name, object? value) in log.Attributes)
        {
            hash = Add(hash, name);
            hash = Add(hash, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        }

        return hash;
    }

    private static uint Add(uint hash, string text)
    {
        foreach (char c in text)
            hash = (hash ^ c) * 16777619;
        return hash;
    }
}
