using Observe.Fuzz.Engine;
using Observe.Tests.Hosting;

namespace Observe.Tests.Ingest.Fuzz;

/// <summary>Each target for two seconds with another seed each time; longer runs are made by hand (tests/Observe.Fuzz/README.md).</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    public static TheoryData<string> Targets => [.. FuzzRunner.TargetNames];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Target_InputsChangedAtRandom_HoldsWhatItMust(string target)
    {
        FuzzReport report = FuzzRunner.Run(new FuzzOptions
        {
            Target = target,
            Duration = TimeSpan.FromSeconds(2),
            Seed = (ulong)Random.Shared.NextInt64(),
            Artifacts = Path.Combine(RepositoryPaths.Root, "artifacts", "fuzz"),
            HangLimit = TimeSpan.FromMinutes(1),
            MaxResidentBytes = long.MaxValue, // The engine and all other tests live in the same process.
        });

        output.WriteLine(report.ToString());
        Assert.True(report.Failure is null, report.ToString());
        Assert.InRange(report.Accepted, 1, report.Executions - 1);
    }
}
