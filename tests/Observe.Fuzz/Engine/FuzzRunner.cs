using System.Diagnostics;
using Observe.Fuzz.Targets;

namespace Observe.Fuzz.Engine;

/// <summary>Runs a target with several workers, and watches them.</summary>
public static class FuzzRunner
{
    /// <summary>How often workers are looked at; a hang is told to this precision.</summary>
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(250);

    public static IReadOnlyList<string> TargetNames => FuzzTargets.Names;

    /// <summary>Runs one target until its executions or its time are used up, or something is found.</summary>
    public static FuzzReport Run(FuzzOptions options) => Run(options, () => FuzzTargets.Create(options.Target));

    /// <summary>As <see cref="Run(FuzzOptions)"/>, with a target that is not in the list; each worker gets its own.</summary>
    public static FuzzReport Run(FuzzOptions options, Func<IFuzzTarget> createTarget)
    {
        Directory.CreateDirectory(options.Artifacts);
        var clock = Stopwatch.StartNew();
        TimeSpan processorBefore = Environment.CpuUsage.TotalTime;
        var progress = new FuzzProgress(options.Executions, () => clock.Elapsed >= options.Duration);
        FuzzWorker[] workers = [.. Enumerable.Range(0, options.Workers).Select(CreateWorker)];
        var watch = new FuzzWatch(workers, options);
        Thread[] threads = [.. workers.Select(Start)];
        string? trouble = null;
        while (trouble is null && !Array.TrueForAll(threads, static thread => thread.Join(WatchInterval)))
        {
            trouble = watch.Look();
        }

        progress.Stop();
        if (trouble is not null)
        {
            // One that only used much memory ends now, one that hangs does not move; either way its input can be read.
            threads[Array.IndexOf(workers, watch.Suspect)].Join(TimeSpan.FromSeconds(1));
        }

        FuzzFailure? failure = trouble is null
            ? FindingOf(workers, options, createTarget)
            : new(options.Target, trouble, FuzzArtifact.Write(options, watch.Suspect.LastInput));
        if (trouble is null)
        {
            Array.ForEach(workers, static worker => worker.Dispose());
        }

        return new FuzzReport(
            options.Target,
            options.Seed,
            workers.Sum(static worker => worker.Executions),
            workers.Sum(static worker => worker.Accepted),
            clock.Elapsed,
            Environment.CpuUsage.TotalTime - processorBefore,
            workers.Sum(static worker => worker.CorpusInputs),
            workers.Max(static worker => worker.Traits),
            Stopwatch.GetElapsedTime(0, workers.Max(static worker => worker.SlowestTicks)),
            workers.Max(static worker => worker.MostAllocated),
            watch.PeakResidentBytes,
            failure);

        FuzzWorker CreateWorker(int index)
        {
            string current = Path.Combine(options.Artifacts, $"{options.Target}-{Environment.ProcessId}-{index}{CurrentInput.Extension}");
            return new(createTarget(), new FuzzRandom(options.Seed + (ulong)index).Next(), progress, current);
        }

        static Thread Start(FuzzWorker worker)
        {
            // A background thread: one that hangs must not keep the process alive.
            var thread = new Thread(worker.Run) { IsBackground = true };
            thread.Start();
            return thread;
        }
    }

    /// <summary>Runs inputs again, in this order.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Replay(string target, IEnumerable<byte[]> inputs) => Replay(FuzzTargets.Create(target), inputs);

    /// <inheritdoc cref="Replay(string, IEnumerable{byte[]})"/>
    public static string? Replay(IFuzzTarget target, IEnumerable<byte[]> inputs)
    {
        try
        {
            var feedback = new FuzzFeedback();
            foreach (byte[] input in inputs)
            {
                feedback.Clear();
                target.Execute(input, feedback);
            }

            target.Flush();
            return null;
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }

    private static FuzzFailure? FindingOf(FuzzWorker[] workers, FuzzOptions options, Func<IFuzzTarget> createTarget)
    {
        FuzzWorker? worker = Array.Find(workers, static worker => worker.Finding is not null);
        if (worker is null)
        {
            return null;
        }

        InputHistory history = worker.History;
        if (history.Count == 0)
        {
            return new(options.Target, worker.Finding!.ToString(), "(no input)");
        }

        byte[] last = history[history.Count - 1].ToArray();
        string path = Replay(createTarget(), [last]) is not null
            ? FuzzArtifact.Write(options, last)
            : FuzzArtifact.WriteAll(options, history);
        return new(options.Target, worker.Finding!.ToString(), path);
    }
}
