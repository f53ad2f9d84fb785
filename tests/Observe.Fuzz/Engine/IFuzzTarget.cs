using Observe.Fuzz.Mutation;

namespace Observe.Fuzz.Engine;

/// <summary>Something that takes bytes which anybody may send or a disk may have damaged. Used by one thread.</summary>
public interface IFuzzTarget
{
    /// <summary>Changes inputs in ways that this target has a use for.</summary>
    IMutator Mutator { get; }

    /// <summary>Valid inputs to begin with.</summary>
    IEnumerable<byte[]> Seeds { get; }

    /// <summary>Runs one input and checks what must hold for it. Any exception is a finding.</summary>
    /// <param name="input">The input.</param>
    /// <param name="feedback">Is told what the input did.</param>
    void Execute(ReadOnlySpan<byte> input, FuzzFeedback feedback);

    /// <summary>Checks what must hold for all inputs since the last flush together. Any exception is a finding.</summary>
    void Flush();

    /// <summary>Forgets everything: what follows depends on nothing that was before.</summary>
    void Reset();
}
