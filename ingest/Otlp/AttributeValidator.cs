using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp;

/// <summary>Checks attributes and their values to the last byte.</summary>
internal static class AttributeValidator
{
    /// <summary>
    /// How deep arrays and maps may be nested. Decoding recurses once per level and ClickHouse makes a column per level; nothing that
    /// people look at is deeper.
    /// </summary>
    public const int MaxDepth = 32;

    /// <exception cref="WireFormatException">A value is malformed, or nested too deep.</exception>
    public static void Check(RepeatedField attributes)
    {
        foreach (ReadOnlySpan<byte> attribute in attributes)
        {
            CheckValue(new KeyValueMessage(attribute).Value, depth: 0);
        }
    }

    /// <inheritdoc cref="Check"/>
    public static void CheckValue(AnyValueMessage value) => CheckValue(value, depth: 0);

    private static void CheckValue(AnyValueMessage value, int depth)
    {
        if (value.Kind is not (AnyValueKind.Array or AnyValueKind.Map))
        {
            return;
        }

        if (depth == MaxDepth)
        {
            throw new WireFormatException($"An attribute or body has arrays or maps nested deeper than {MaxDepth}. Send it flatter, or as text.");
        }

        if (value.Kind == AnyValueKind.Array)
        {
            foreach (ReadOnlySpan<byte> element in value.Elements)
            {
                CheckValue(new AnyValueMessage(element), depth + 1);
            }
        }
        else
        {
            foreach (ReadOnlySpan<byte> entry in value.Entries)
            {
                CheckValue(new KeyValueMessage(entry).Value, depth + 1);
            }
        }
    }
}
