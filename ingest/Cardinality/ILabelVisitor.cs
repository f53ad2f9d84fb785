using Observe.Ingest.Otlp.Messages;

namespace Observe.Ingest.Cardinality;

/// <summary>Is shown the labels of a series.</summary>
internal interface ILabelVisitor
{
    /// <param name="key">In the form in which it is stored, and as <see cref="LabelKey"/> has it.</param>
    /// <param name="value">A value as it was sent; no map.</param>
    /// <returns>Whether to go on.</returns>
    bool Visit(ReadOnlySpan<byte> key, in AnyValueMessage value);
}
