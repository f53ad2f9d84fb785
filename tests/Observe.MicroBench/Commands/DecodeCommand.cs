using System.CommandLine;
using System.Globalization;
using Observe.Ingest.Otlp;
using Observe.MicroBench.Measure;
using Observe.MicroBench.Work;

namespace Observe.MicroBench.Commands;

/// <summary><c>decode</c>: what validating and decoding cost for each record, and how much of it is allocated.</summary>
internal static class DecodeCommand
{
    public static Command Create()
    {
        Option<string> signal = SignalOption.Create();
        var rows = new Option<int>("--rows") { Description = "Records in a batch.", DefaultValueFactory = _ => 50_000 };
        var seconds = new Option<double>("--seconds") { Description = "CPU-seconds for each step.", DefaultValueFactory = _ => 2 };
        var command = new Command("decode", "Measure validating and decoding.") { signal, rows, seconds };
        command.SetAction(parsed =>
        {
            Console.WriteLine("| signal | step | ns of CPU a record | bytes allocated a record | bytes sent a record | bytes of columns a record |");
            Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
            foreach (OtlpSignal each in SignalOption.SignalsOf(parsed.GetValue(signal)!))
            {
                Measure(each, parsed.GetValue(rows), parsed.GetValue(seconds));
            }
        });
        return command;
    }

    private static void Measure(OtlpSignal signal, int rows, double seconds)
    {
        var work = new SignalWork(signal, rows, TimeProvider.System.GetUtcNow());
        byte[][] requests = [.. Enumerable.Range(0, rows / SignalWork.RecordsPerRequest).Select(block => work.Encode(block))];
        work.Verify(requests);
        double sent = requests.Sum(request => (double)request.Length) / rows;
        Report("validate", () => work.Validate(requests).Accepted);
        Report("decode", () => work.Decode(requests));

        void Report(string step, Func<int> run)
        {
            // Compiled, and columns grown to their size, before it counts.
            Repeat(new StepCost(), run, seconds / 4);
            var cost = new StepCost();
            double records = (double)Repeat(cost, run, seconds) * rows;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {signal} | {step} | {cost.Cpu.TotalNanoseconds / records:F0} | {cost.AllocatedBytes / records:F3} | {sent:F0} | {(double)work.Batch.ByteCount / rows:F0} |"));
        }
    }

    private static int Repeat(StepCost cost, Func<int> run, double seconds)
    {
        int times = 0;
        while (cost.Cpu.TotalSeconds < seconds)
        {
            cost.Run(run);
            times++;
        }

        return times;
    }
}
