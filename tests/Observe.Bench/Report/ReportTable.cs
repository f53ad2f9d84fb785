using System.Globalization;

namespace Observe.Bench.Report;

/// <summary>Writes a report for people: a name, figures, one line each.</summary>
internal static class ReportTable
{
    public static void Write(TextWriter output, LoadReport report)
    {
        void Line(string name, FormattableString text) =>
            output.WriteLine($"{name,-24}{text.ToString(CultureInfo.InvariantCulture)}");

        Line("load", $"{report.Signals} over {report.Protocol}{(report.Gzip ? " with gzip" : "")} to {report.Endpoint}, {report.Connections} connections, batches of {report.Batch:N0}, seed {report.Seed}");
        Line("acknowledged", $"{report.Acknowledged:N0} records in {report.Seconds:N2} s = {report.RecordsPerSecond:N0} records/s, {report.BytesPerRecord:N0} B each");
        Line("rejected / failed", $"{report.Rejected:N0} / {report.Failed:N0} records, {report.Requests:N0} requests, {report.Retries:N0} sent again");
        Line("acknowledgement ms", $"{Summary(report.Acknowledgements)}");
        if (report.Lateness is { } lateness)
        {
            Line("behind schedule ms", $"{Summary(lateness)}");
        }

        Line("generator CPU", $"{report.GeneratorCpuSeconds:N2} s = {report.GeneratorRecordsPerCpuSecond:N0} records per CPU-second");
        if (report.Server is { } server)
        {
            Line("server CPU", $"{server.CpuSeconds:N2} s until the last acknowledgement");
            if (server.CpuSecondsSettled is { } settled)
            {
                Line("server CPU, at rest", $"{settled:N2} s{(server.AtRest == true ? "" : " (still busy when the wait ended)")}");
            }

            Line("server efficiency", $"{server.RecordsPerCpuSecond:N0} records per CPU-second");
            Line("server memory MB", $"{Megabytes(server.ResidentBytesBefore)} before, {Megabytes(server.ResidentBytesAfter)} after, {Megabytes(server.ResidentBytesSettled)} at rest, {Megabytes(server.PeakResidentBytes)} peak since its start");
        }

        foreach ((string message, int times) in report.Messages.OrderByDescending(pair => pair.Value))
        {
            Line("server said", $"{times} x {message}");
        }
    }

    private static string Summary(Measure.LatencySummary summary) => string.Create(
        CultureInfo.InvariantCulture,
        $"p50 {summary.P50:N2}  p90 {summary.P90:N2}  p99 {summary.P99:N2}  max {summary.Max:N2}");

    private static string Megabytes(long? bytes) => bytes is { } known ? (known / 1e6).ToString("N0", CultureInfo.InvariantCulture) : "-";
}
