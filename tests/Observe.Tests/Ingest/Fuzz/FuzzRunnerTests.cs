using Observe.Fuzz.Engine;
using Observe.Fuzz.Mutation;
using Observe.Tests.Hosting;

namespace Observe.Tests.Ingest.Fuzz;

public sealed class FuzzRunnerTests : IDisposable
{
    private readonly TemporaryDirectory _artifacts = new();

    public void Dispose() => _artifacts.Dispose();

    [Fact]
    public void Run_TargetFailsOnAnInput_WritesTheInputThatFailsAgain()
    {
        static TestTarget Create() => new((input, _) => Assert.False(input.Contains((byte)0xEE)));

        FuzzReport report = FuzzRunner.Run(Options(executions: 1_000_000), Create);

        Assert.NotNull(report.Failure);
        byte[] input = File.ReadAllBytes(report.Failure.Path);
        Assert.Contains((byte)0xEE, input);
        Assert.NotNull(FuzzRunner.Replay(Create(), [input]));
        Assert.Null(FuzzRunner.Replay(Create(), [[1, 2, 3]]));
    }

    [Fact]
    public void Run_TargetFailsAfterManyInputs_WritesAllOfThem()
    {
        static TestTarget Create() => new((_, count) => Assert.NotEqual(500, count));

        FuzzReport report = FuzzRunner.Run(Options(executions: 1_000), Create);

        Assert.NotNull(report.Failure);
        string[] files = Directory.GetFiles(report.Failure.Path);
        Array.Sort(files, StringComparer.Ordinal);
        Assert.Equal(500, files.Length);
        Assert.NotNull(FuzzRunner.Replay(Create(), files.Select(File.ReadAllBytes)));
    }

    [Fact]
    public void Run_TargetHangs_ReportsTheInput()
    {
        using var end = new ManualResetEventSlim();
        FuzzReport report = FuzzRunner.Run(
            Options(executions: 1_000) with { HangLimit = TimeSpan.FromMilliseconds(50) },
            () => new TestTarget((_, count) =>
            {
                if (count == 100)
                {
                    end.Wait();
                }
            }));
        end.Set();

        Assert.NotNull(report.Failure);
        Assert.Contains("Execution 100 of worker 0 hangs", report.Failure.What, StringComparison.Ordinal);
        Assert.True(File.Exists(report.Failure.Path));
    }

    [Fact]
    public void Run_TooMuchMemory_IsAFinding()
    {
        using var end = new ManualResetEventSlim();
        FuzzReport report = FuzzRunner.Run(Options(executions: 10) with { MaxResidentBytes = 1 }, () => new TestTarget((_, _) => end.Wait(TimeSpan.FromSeconds(1))));
        end.Set();

        Assert.Contains("MiB of resident memory", report.Failure?.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SameSeed_MakesTheSameInputs()
    {
        Assert.Equal(HashOfInputs(1), HashOfInputs(1));
        Assert.NotEqual(HashOfInputs(1), HashOfInputs(2));

        int HashOfInputs(ulong seed)
        {
            var hash = default(HashCode);
            FuzzReport report = FuzzRunner.Run(
                Options(executions: 2_000) with { Seed = seed }, () => new TestTarget((input, _) => hash.AddBytes(input)));
            Assert.Null(report.Failure);
            return hash.ToHashCode();
        }
    }

    private FuzzOptions Options(long executions) => new()
    {
        Target = "test",
        Executions = executions,
        Seed = (ulong)Random.Shared.NextInt64(),
        Artifacts = _artifacts.FullName,
        MaxResidentBytes = long.MaxValue,
    };

    private delegate void Check(ReadOnlySpan<byte> input, int count);

    private sealed class TestTarget(Check check) : IFuzzTarget
    {
        private int _count;

        public IMutator Mutator { get; } = new ByteMutator();

        public IEnumerable<byte[]> Seeds => ["a valid input"u8.ToArray()];

        public void Execute(ReadOnlySpan<byte> input, FuzzFeedback feedback)
        {
            check(input, ++_count);
            feedback.Accepted();
            feedback.Count(0, input.Length);
        }

        public void Flush()
        {
        }

        public void Reset() => _count = 0;
    }
}
