namespace Observe.Query.PromQL.Evaluation;

/// <summary>A place for some samples.</summary>
/// <param name="Chunk">The chunk of <see cref="SampleChunks"/>.</param>
/// <param name="Start">The first in it.</param>
/// <param name="Count">How many.</param>
public readonly record struct SampleSpace(int Chunk, int Start, int Count);
