using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp;

/// <summary>Checks attributes and their values to the last byte, and says what of them exceeds the limits.</summary>
internal static class AttributeValidator
{
    /// <summary>
    /// How deep arrays and maps may be nested. Decoding recurses once per level and ClickHouse makes a column per level; nothing that
    /// people look at is deeper.
    /// </summary>
    public const int MaxDepth = 32;

    /// <exception cref="WireFormatException">A value is malformed, or nested too deep.</exception>
    public static void Check(RepeatedField attributes) => Check(attributes, RecordLimits.None);

    /// <summary>Checks the attributes of a record.</summary>
    /// <returns>What decoding them leaves out.</returns>
    /// <inheritdoc cref="Check(RepeatedField)"/>
    public static Truncations Check(RepeatedField attributes, RecordLimits limits)
    {
        var extent = new AttributeExtent { MaxLeaves = limits.MaxAttributes };
        foreach (ReadOnlySpan<byte> attribute in attributes)
        {
            AnyValueMessage value = new KeyValueMessage(attribute).Value;
            if (value.Kind < AnyValueKind.Array)
            {
                extent.AddLeaf(value);
            }
            else
            {
                CheckValue(value, depth: 0, ref extent);
            }
        }

        return (extent.Leaves > limits.MaxAttributes ? Truncations.AttributeCount : Truncations.None)
            | (extent.LongestText > limits.MaxAttributeBytes ? Truncations.AttributeBytes : Truncations.None);
    }

    /// <summary>Checks a body.</summary>
    /// <inheritdoc cref="Check(RepeatedField)"/>
    public static void CheckValue(AnyValueMessage value)
    {
        var extent = default(AttributeExtent);
        CheckValue(value, depth: 0, ref extent);
    }

    /// <summary>Bytes of the longest text or bytes in a value.</summary>
    public static int LongestText(AnyValueMessage value)
    {
        var extent = new AttributeExtent { MaxLeaves = int.MaxValue };
        CheckValue(value, depth: 0, ref extent);
        return extent.LongestText;
    }

    private static void CheckValue(AnyValueMessage value, int depth, ref AttributeExtent extent)
    {
        if (value.Kind is not (AnyValueKind.Array or AnyValueKind.Map))
        {
            extent.AddLeaf(value);
            return;
        }

        if (depth == MaxDepth)
        {
            throw new WireFormatException($"An attribute or body has arrays or maps nested deeper than {MaxDepth}. Send it flatter, or as text.");
        }

        if (value.Kind == AnyValueKind.Map)
        {
            bool isEmpty = true;
            foreach (ReadOnlySpan<byte> entry in value.Entries)
            {
                isEmpty = false;
                CheckValue(new KeyValueMessage(entry).Value, depth + 1, ref extent);
            }

            if (isEmpty)
            {
                extent.AddLeaf(value);
            }

            return;
        }

        // An array is one leaf, whatever is in it.
        bool isOutermost = extent.BeginArray();
        foreach (ReadOnlySpan<byte> element in value.Elements)
        {
            CheckValue(new AnyValueMessage(element), depth + 1, ref extent);
        }

        if (isOutermost)
        {
            extent.EndArray();
        }
    }
}
