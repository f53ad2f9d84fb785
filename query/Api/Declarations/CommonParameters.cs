using Observe.Query.Time;

namespace Observe.Query.Api.Declarations;

/// <summary>Parameters that several routes take.</summary>
internal static class CommonParameters
{
    private const string Times =
        $"RFC 3339 (UTC where it names no zone), Unix milliseconds, now, or a time before now such as now-15m (s, m, h, d, w), {TimeExpression.Years}";

    public static readonly Parameter<string?> Query =
        ParameterKinds.Text("q", "A query in the search language; nothing finds every log.", "severity>=error", defaultValue: "");

    public static readonly Parameter<string?> From =
        ParameterKinds.Text("from", $"Beginning of the time range, which belongs to it: {Times}.", "now-15m", TimeRangeExpression.DefaultFrom);

    public static readonly Parameter<string?> To =
        ParameterKinds.Text("to", $"End of the time range, which does not belong to it: {Times}.", "now", "now");

    public static readonly Parameter<bool> Explain =
        ParameterKinds.Flag("explain", "Answer the statements that would run and what each would read, instead of running them.");
}
