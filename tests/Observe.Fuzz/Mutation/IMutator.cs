using Observe.Fuzz.Engine;

namespace Observe.Fuzz.Mutation;

/// <summary>Changes an input.</summary>
public interface IMutator
{
    /// <param name="input">Is changed in place.</param>
    /// <param name="other">Another input, to take parts from.</param>
    /// <param name="random">Decides.</param>
    void Mutate(MutableInput input, ReadOnlySpan<byte> other, FuzzRandom random);
}
