using System.CommandLine;
using Observe.Ingest.Otlp;

namespace Observe.MicroBench.Commands;

/// <summary><c>--signal</c></summary>
internal static class SignalOption
{
    public static Option<string> Create()
    {
        var option = new Option<string>("--signal") { Description = "What to measure.", DefaultValueFactory = _ => "all" };
        option.AcceptOnlyFromAmong("logs", "spans", "metrics", "all");
        return option;
    }

    public static OtlpSignal[] SignalsOf(string text) => text switch
    {
        "logs" => [OtlpSignal.Logs],
        "spans" => [OtlpSignal.Traces],
        "metrics" => [OtlpSignal.Metrics],
        _ => [OtlpSignal.Logs, OtlpSignal.Traces, OtlpSignal.Metrics],
    };
}
