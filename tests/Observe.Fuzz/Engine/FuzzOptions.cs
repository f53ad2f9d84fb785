namespace Observe.Fuzz.Engine;

/// <summary>How long and how one target is run.</summary>
public sealed record FuzzOptions
{
    /// <summary>One of <see cref="FuzzRunner.TargetNames"/>; files are named after it.</summary>
    public required string Target { get; init; }

    /// <summary>Ends the run. All workers together.</summary>
    public long Executions { get; init; } = long.MaxValue;

    /// <summary>Ends the run too.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.MaxValue;

    /// <summary>The same seed, with the same number of workers, makes the same inputs.</summary>
    public required ulong Seed { get; init; }

    public int Workers { get; init; } = 1;

    /// <summary>Where inputs go that fail, and the input of each worker while it runs.</summary>
    public required string Artifacts { get; init; }

    /// <summary>An execution that takes longer hangs. They take microseconds; what is left is for machines that do other things too.</summary>
    public TimeSpan HangLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Resident bytes of the process beyond which memory counts as unbounded.</summary>
    public long MaxResidentBytes { get; init; } = 1L << 30;
}
