using System.CommandLine;
using System.Text.Json;
using Observe.Bench.Load;
using Observe.Bench.Report;
using Observe.Bench.Sending;

namespace Observe.Bench.Commands;

/// <summary><c>load</c>: sends telemetry and reports what it cost.</summary>
internal static class LoadCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create(TimeProvider time)
    {
        var signal = new Option<string>("--signal") { Description = "What to send.", DefaultValueFactory = _ => "logs" };
        signal.AcceptOnlyFromAmong("logs", "spans", "metrics", "all");
        Option<Uri> endpoint = AddressText.Option("--endpoint", "An OTLP address.", "http://127.0.0.1:4318");
        var protocol = new Option<LoadProtocol>("--protocol") { Description = "none makes requests and drops them: the generator's own cost." };
        var connections = Positive("--connections", "Connections, each with one request under way.", 8);
        var records = new Option<long>("--records") { Description = "Records of each signal.", DefaultValueFactory = _ => 500_000 };
        var batch = Positive("--batch", "Records per request.", 1000);
        var rate = new Option<long>("--rate") { Description = "Records per second in all; 0 for as fast as it goes." };
        var gzip = new Option<bool>("--gzip") { Description = "Compress requests." };
        var seed = new Option<int>("--seed") { Description = "The same seed sends the same records.", DefaultValueFactory = _ => 1 };
        Option<TimeSpan> timeSpan = Duration("--time-span", "How far back the first record's time lies.", TimeSpan.FromHours(1));
        var end = new Option<DateTimeOffset?>("--end") { Description = "Time of the last record, RFC 3339. Default: now." };
        Option<TimeSpan> retryFor = Duration("--retry-for", "How long a request is sent again.", TimeSpan.FromMinutes(1));
        var key = new Option<string?>("--key") { Description = "An ingest key, sent as a bearer token." };
        var pid = new Option<int?>("--pid") { Description = "Process id of the server, to measure what it uses." };
        Option<TimeSpan> settle = Duration("--settle", "Wait at most this long until the server is at rest, and count that too.", TimeSpan.Zero);
        var json = new Option<FileInfo?>("--json") { Description = "Write the figures to this file." };

        var command = new Command("load", "Send logs, spans or metrics to an OTLP address and report what it cost.")
        {
            signal, endpoint, protocol, connections, records, batch, rate, gzip, seed, timeSpan, end, retryFor, key, pid, settle, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new LoadOptions(
                SignalsOf(parsed.GetValue(signal)!),
                parsed.GetValue(endpoint)!,
                parsed.GetValue(protocol),
                parsed.GetValue(connections),
                parsed.GetValue(records),
                parsed.GetValue(batch),
                parsed.GetValue(rate),
                parsed.GetValue(gzip),
                parsed.GetValue(seed),
                parsed.GetValue(timeSpan),
                parsed.GetValue(end) ?? time.GetUtcNow(),
                parsed.GetValue(retryFor),
                parsed.GetValue(key),
                parsed.GetValue(pid),
                parsed.GetValue(settle));
            LoadReport report = await new LoadRun(options, time).RunAsync(cancellation);
            ReportTable.Write(Console.Out, report);
            if (parsed.GetValue(json) is { } file)
            {
                await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(report, Json), cancellation);
            }

            return report.Failed > 0 || report.Rejected > 0 ? 1 : 0;
        });
        return command;
    }

    private static ExportSignal[] SignalsOf(string name) => name switch
    {
        "logs" => [ExportSignal.Logs],
        "spans" => [ExportSignal.Spans],
        "metrics" => [ExportSignal.Metrics],
        _ => [ExportSignal.Logs, ExportSignal.Spans, ExportSignal.Metrics],
    };

    private static Option<int> Positive(string name, string description, int value)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError($"{name} must be at least 1.");
            }
        });
        return option;
    }

    private static Option<TimeSpan> Duration(string name, string description, TimeSpan value) =>
        new(name) { Description = description, CustomParser = DurationText.Parse, DefaultValueFactory = _ => value };
}
