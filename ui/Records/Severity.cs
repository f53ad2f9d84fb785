using Observe.Query.Search;

namespace Observe.Ui.Records;

/// <summary>Severities and statuses as the pages name and colour them.</summary>
public static class Severity
{
    /// <summary>The class of OTLP's 24 numbers: <c>trace</c> … <c>fatal</c>, or <c>unset</c>.</summary>
    public static string Name(byte number) => number switch
    {
        0 => "unset",
        <= 4 => "trace",
        <= 8 => "debug",
        <= 12 => "info",
        <= 16 => "warn",
        <= 20 => "error",
        _ => "fatal",
    };

    /// <summary>What a row shows: the class, or for records without a number the text that was sent.</summary>
    public static string Label(LogRecord log) => (log.SeverityNumber, log.SeverityText) switch
    {
        (0, "") => "–",
        (0, string text) => text.ToLowerInvariant(),
        (byte number, _) => Name(number),
    };

    public static string Name(SpanStatus status) => status switch
    {
        SpanStatus.Ok => "ok",
        SpanStatus.Error => "error",
        _ => "unset",
    };
}
