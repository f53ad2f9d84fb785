using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Decoding;
using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;

namespace Observe.Ingest.Cardinality;

/// <summary>Labels as they were sent, by the keys under which <see cref="AttributeDecoder"/> stores them: one for each leaf of a map, and no more than are stored.</summary>
/// <remarks>Admission, its forecast and <see cref="StoredLabels"/> see the same labels of a series.</remarks>
internal static class SentLabels
{
    /// <returns>Whether the visitor has seen all.</returns>
    public static bool Visit<TVisitor>(RepeatedField labels, RecordLimits limits, ref TVisitor visitor)
        where TVisitor : struct, ILabelVisitor
    {
        int leaves = 0;
        ByteScratch? path = null;
        return Visit(labels, limits, ref path, ref leaves, ref visitor);
    }

    private static bool Visit<TVisitor>(RepeatedField entries, RecordLimits limits, ref ByteScratch? path, ref int leaves, ref TVisitor visitor)
        where TVisitor : struct, ILabelVisitor
    {
        foreach (ReadOnlySpan<byte> entry in entries)
        {
            var keyValue = new KeyValueMessage(entry);
            AnyValueMessage value = keyValue.Value;
            ReadOnlySpan<byte> key = Utf8Text.Valid(keyValue.Key);
            bool isBranch = value.Kind == AnyValueKind.Map && value.Entries.GetEnumerator().MoveNext();
            if (!isBranch && ++leaves > limits.MaxAttributes)
            {
                return true;
            }

            if (!isBranch && path is not { Length: > 0 })
            {
                if (!visitor.Visit(LabelKey.Of(key), value))
                {
                    return false;
                }

                continue;
            }

            ByteScratch whole = path ??= new ByteScratch();
            int length = whole.Length;
            if (length > 0)
            {
                whole.Append((byte)'.');
            }

            whole.Append(key);
            if (isBranch ? !Visit(value.Entries, limits, ref path, ref leaves, ref visitor) : !visitor.Visit(LabelKey.Of(whole.Span), value))
            {
                return false;
            }

            whole.Truncate(length);
        }

        return true;
    }
}
