namespace Observe.Ingest.Cardinality;

/// <summary>What lines of the log have of metrics and days.</summary>
internal static class LogText
{
    private const int MaxLength = 200;

    /// <summary>A name that a sender made up, so that a line of the log stays one line.</summary>
    public static string Of(string name)
    {
        string cut = name.Length > MaxLength ? name[..MaxLength] + "…" : name;
        return string.Concat(cut.Select(static c => char.IsControl(c) ? '?' : c));
    }

    /// <param name="day">Days since 1970-01-01 (UTC).</param>
    public static string Date(ushort day) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day).ToString("O");
}
