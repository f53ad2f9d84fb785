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

    /// <param name="attributes">Each a <see cref="KeyValueMessage"/>.</param>
    /// <param name="size">Is told of the paths that maps become.</param>
    /// <exception cref="WireFormatException">A value is malformed, or nested too deep.</exception>
    public static void Check(RepeatedField attributes, ref DecodedSize size) => Check(attributes, RecordLimits.None, ref size);

    /// <summary>Checks the attributes of a record.</summary>
    /// <returns>What decoding them leaves out.</returns>
    /// <inheritdoc cref="Check(RepeatedField, ref DecodedSize)"/>
    public static Truncations Check(RepeatedField attributes, RecordLimits limits, ref DecodedSize size)
    {
        var extent = new AttributeExtent { MaxLeaves = limits.MaxAttributes };
        foreach (ReadOnlySpan<byte> attribute in attributes)
        {
            var keyValue = new KeyValueMessage(attribute);
            AnyValueMessage value = keyValue.Value;
            if (value.Kind < AnyValueKind.Array)
            {
                extent.AddLeaf(value);
            }
            else
            {
                CheckValue(value, keyValue.Key.Length + 1, depth: 0, ref extent);
            }
        }

        size.AddPaths(extent.PathBytes);
        return (extent.Leaves > limits.MaxAttributes ? Truncations.AttributeCount : Truncations.None)
            | (extent.LongestText > limits.MaxAttributeBytes ? Truncations.AttributeBytes : Truncations.None);
    }

    /// <summary>What decoding attributes leaves out that were checked before.</summary>
    public static Truncations TruncationsOf(RepeatedField attributes, RecordLimits limits)
    {
        var size = default(DecodedSize);
        return Check(attributes, limits, ref size);
    }

    /// <summary>Checks a body.</summary>
    /// <inheritdoc cref="Check(RepeatedField, ref DecodedSize)"/>
    public static void CheckValue(AnyValueMessage value, ref DecodedSize size)
    {
        var extent = default(AttributeExtent);
        CheckValue(value, prefixLength: 0, depth: 0, ref extent);
        size.AddPaths(extent.PathBytes);
    }

    /// <summary>Bytes of the longest text or bytes in a value.</summary>
    public static int LongestText(AnyValueMessage value)
    {
        var extent = new AttributeExtent { MaxLeaves = int.MaxValue };
        CheckValue(value, prefixLength: 0, depth: 0, ref extent);
        return extent.LongestText;
    }

    /// <param name="prefixLength">Of the keys around a map with a dot behind each: the paths of its entries begin with them.</param>
    private static void CheckValue(AnyValueMessage value, int prefixLength, int depth, ref AttributeExtent extent)
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
                var keyValue = new KeyValueMessage(entry);
                extent.AddPath(prefixLength);
                CheckValue(keyValue.Value, prefixLength + keyValue.Key.Length + 1, depth + 1, ref extent);
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
            CheckValue(new AnyValueMessage(element), prefixLength: 0, depth + 1, ref extent); // paths begin anew
        }

        if (isOutermost)
        {
            extent.EndArray();
        }
    }
}
