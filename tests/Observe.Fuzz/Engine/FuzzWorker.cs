using System.Diagnostics;
using System.Runtime.CompilerServices;
using Observe.Fuzz.Mutation;

namespace Observe.Fuzz.Engine;

/// <summary>One thread's loop: takes an input of the corpus, changes it, runs it, keeps it if it showed something new.</summary>
/// <remarks>
/// The target keeps state between inputs, as the pipeline does between requests, and forgets it every <see cref="ResetInterval"/> inputs. All
/// inputs since then are remembered, so that what takes several of them to show can be shown again.
/// </remarks>
internal sealed class FuzzWorker : IDisposable
{
    private const int MaxCorpus = 16_384;
    private const int MaxCorpusInput = 4096;
    private const int MaxInput = 32 << 10;
    private const int ResetInterval = 20_000;
    private const int MaxHistoryBytes = 8 << 20;

    /// <summary>Executions that a worker takes from the common number at a time.</summary>
    private const int Portion = 256;

    private readonly IFuzzTarget _target;
    private readonly FuzzRandom _random;
    private readonly FuzzProgress _progress;
    private readonly CurrentInput _current;
    private readonly FuzzFeedback _feedback = new();
    private readonly FuzzCorpus _corpus = new(MaxCorpus, MaxCorpusInput);
    private readonly MutableInput _input = new(MaxInput);
    private readonly InputHistory _history = new();
    private long _executions;

    public FuzzWorker(IFuzzTarget target, ulong seed, FuzzProgress progress, string currentPath)
    {
        _target = target;
        _random = new FuzzRandom(seed);
        _progress = progress;
        _current = new CurrentInput(currentPath, MaxInput);
    }

    /// <summary>Inputs begun; another thread sees by it whether the worker moves on.</summary>
    public long Executions => Volatile.Read(ref _executions);

    public long Accepted { get; private set; }

    public long MostAllocated { get; private set; }

    public long SlowestTicks { get; private set; }

    public int CorpusInputs => _corpus.Count;

    public int Traits => _corpus.TraitCount;

    /// <summary>The exception that ended the loop.</summary>
    public Exception? Finding { get; private set; }

    /// <summary>The inputs since the target was reset; the last is the one that failed.</summary>
    public InputHistory History => _history;

    /// <summary>The input that is being run, or was last. Only to be read while the worker does not move.</summary>
    public ReadOnlySpan<byte> LastInput => _history.Count == 0 ? default : _history[_history.Count - 1];

    /// <summary>Runs until the executions are used up, time is over or something is found.</summary>
    public void Run()
    {
        try
        {
            RunSeeds();
            while (_progress.Take(Portion) is > 0 and int count)
            {
                for (int i = 0; i < count; i++)
                {
                    _input.Set(_corpus.Pick(_random));
                    _target.Mutator.Mutate(_input, _corpus.Pick(_random), _random);
                    Execute(_input.Span);
                }
            }

            _target.Flush();
        }
        catch (Exception e)
        {
            Finding = e;
            _progress.Stop();
        }
    }

    public void Dispose() => _current.Dispose();

    private void RunSeeds()
    {
        foreach (byte[] seed in _target.Seeds)
        {
            _corpus.AddSeed(seed);
            Execute(seed);
            if (!_feedback.IsAccepted)
            {
                throw new FuzzFailureException($"Seed {_corpus.Count - 1} is not accepted; a corpus of invalid inputs tests little.");
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Execute(ReadOnlySpan<byte> input)
    {
        if (_history.Count == ResetInterval || _history.ByteCount > MaxHistoryBytes)
        {
            _target.Flush();
            _target.Reset();
            _history.Clear();
        }

        _history.Add(input);
        _current.Write(input);
        _feedback.Clear();
        Volatile.Write(ref _executions, _executions + 1);
        long started = Stopwatch.GetTimestamp();
        _target.Execute(input, _feedback);
        SlowestTicks = Math.Max(SlowestTicks, Stopwatch.GetTimestamp() - started);
        MostAllocated = Math.Max(MostAllocated, _feedback.AllocatedBytes);
        Accepted += _feedback.IsAccepted ? 1 : 0;
        _corpus.Consider(input, _feedback);
    }
}
