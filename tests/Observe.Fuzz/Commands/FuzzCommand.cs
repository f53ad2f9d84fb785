using System.CommandLine;
using System.Security.Cryptography;
using Observe.Fuzz.Engine;
using Observe.Fuzz.Targets;

namespace Observe.Fuzz.Commands;

/// <summary>The command line.</summary>
internal static class FuzzCommand
{
    private const string All = "all";

    public static RootCommand Create()
    {
        var target = new Option<string>("--target") { Description = "What is run; all: one after the other.", DefaultValueFactory = _ => All };
        target.AcceptOnlyFromAmong([All, .. FuzzRunner.TargetNames]);
        var executions = new Option<long?>("--executions") { Description = "Ends the run after so many inputs, of all targets together." };
        var seconds = new Option<double?>("--seconds") { Description = "Ends the run after so many seconds, of all targets together." };
        var seed = new Option<ulong?>("--seed") { Description = "The same seed and workers make the same inputs. Default: random, printed." };
        var workers = new Option<int>("--workers") { Description = "Threads.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var artifacts = new Option<string>("--artifacts")
        {
            Description = "Folder for inputs that fail.",
            DefaultValueFactory = _ => Path.Combine("artifacts", "fuzz"),
        };
        var replay = new Option<string?>("--replay") { Description = "Run the input in this file, or those in this folder, and nothing else." };

        var command = new RootCommand("Changes valid inputs of Observe at random, runs them and checks what must hold for each.")
        {
            target, executions, seconds, seed, workers, artifacts, replay,
        };
        command.SetAction(parsed =>
        {
            string name = parsed.GetValue(target)!;
            if (parsed.GetValue(replay) is { } path)
            {
                return Replay(name, path);
            }

            string[] targets = name == All ? [.. FuzzRunner.TargetNames] : [name];
            ulong first = parsed.GetValue(seed) ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
            long? inputs = parsed.GetValue(executions);
            double? time = parsed.GetValue(seconds) ?? (inputs is null ? 60 : null);
            bool failed = false;
            long total = 0;
            foreach (string each in targets)
            {
                FuzzReport report = FuzzRunner.Run(new FuzzOptions
                {
                    Target = each,
                    Executions = inputs is null ? long.MaxValue : name == All ? FuzzTargets.ShareOf(each, inputs.Value) : inputs.Value,
                    Duration = time is { } limit ? TimeSpan.FromSeconds(limit / targets.Length) : TimeSpan.MaxValue,
                    Seed = first,
                    Workers = parsed.GetValue(workers),
                    Artifacts = parsed.GetValue(artifacts)!,
                });
                Console.WriteLine(report);
                total += report.Executions;
                failed |= report.Failure is not null;
            }

            Console.WriteLine(FormattableString.Invariant($"{total:N0} executions in all, seed {first}"));
            return failed ? 1 : 0;
        });
        return command;
    }

    private static int Replay(string target, string path)
    {
        if (target == All)
        {
            Console.Error.WriteLine("Say with --target of which target the input is.");
            return 2;
        }

        string? what = FuzzRunner.Replay(target, FuzzArtifact.Read(path));
        Console.WriteLine(what is null ? $"{target} takes {path} as it should." : $"FAILED: {what}");
        return what is null ? 0 : 1;
    }
}
