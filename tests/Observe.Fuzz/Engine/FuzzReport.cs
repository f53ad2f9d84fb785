namespace Observe.Fuzz.Engine;

/// <summary>What a run did.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Seed">Of the random numbers.</param>
/// <param name="Executions">Inputs that were run.</param>
/// <param name="Accepted">Inputs of which at least something was taken.</param>
/// <param name="Elapsed">Wall time.</param>
/// <param name="Processor">User and system time of the process, all workers and the collector.</param>
/// <param name="CorpusInputs">Inputs that the workers kept.</param>
/// <param name="Traits">Different things that inputs were seen to do, of the worker that saw most.</param>
/// <param name="Slowest">Wall time of the slowest execution.</param>
/// <param name="MostAllocated">Bytes that the code under test allocated at most for one input.</param>
/// <param name="PeakResidentBytes">Largest resident memory of the process that was seen.</param>
/// <param name="Failure">The first finding; null when there is none.</param>
public sealed record FuzzReport(
    string Target,
    ulong Seed,
    long Executions,
    long Accepted,
    TimeSpan Elapsed,
    TimeSpan Processor,
    int CorpusInputs,
    int Traits,
    TimeSpan Slowest,
    long MostAllocated,
    long PeakResidentBytes,
    FuzzFailure? Failure)
{
    public override string ToString() =>
        FormattableString.Invariant(
            $"""
            {Target}: {Executions:N0} executions in {Elapsed.TotalSeconds:F1} s ({Executions / Math.Max(Elapsed.TotalSeconds, 1e-3):N0}/s), \
            {Processor.TotalSeconds:F1} s of processor time ({Executions / Math.Max(Processor.TotalSeconds, 1e-3):N0}/s)
              seed {Seed}, accepted {100.0 * Accepted / Math.Max(Executions, 1):F1} %, corpus {CorpusInputs} inputs with {Traits} traits
              slowest {Slowest.TotalMilliseconds:F1} ms, most allocated {MostAllocated / 1024.0:N0} KiB, peak resident {PeakResidentBytes / 1048576.0:N0} MiB
              {(Failure is null ? "no finding" : Failure.ToString())}
            """).Replace("\\\n", "", StringComparison.Ordinal);
}
