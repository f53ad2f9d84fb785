using System.Buffers.Binary;
using System.Security.Cryptography;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;

namespace Observe.Ingest.Catalog;

/// <summary>
/// Attributes as bytes that are the same for the same attributes, in whatever order and encoding they were sent: what ids are hashed from.
/// </summary>
/// <remarks>
/// <code>
/// attributes := varint count, attribute*              sorted by their bytes, that is by length of the key, key, value
/// attribute  := varint length of key, key, value
/// value      := byte kind (AnyValueKind), content     string, bytes: varint length, bytes · bool: 1 byte · int, double: 8 bytes
///                                                     array: varint count, value* · map: attributes · empty: nothing
/// </code>
/// The ids stand in stored rows, so this form must never change: a test holds its hashes. Allocates; callers cache by raw bytes.
/// </remarks>
internal static class CanonicalForm
{
    public static void WriteAttributes(ByteScratch output, RepeatedField attributes)
    {
        var parts = new List<byte[]>();
        var part = new ByteScratch();
        foreach (ReadOnlySpan<byte> attribute in attributes)
        {
            var keyValue = new KeyValueMessage(attribute);
            part.Clear();
            WriteBytes(part, keyValue.Key);
            WriteValue(part, keyValue.Value);
            parts.Add(part.Span.ToArray());
        }

        parts.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        output.WriteRaw((ulong)parts.Count);
        foreach (byte[] sorted in parts)
        {
            output.Append(sorted);
        }
    }

    public static void WriteBytes(ByteScratch output, ReadOnlySpan<byte> bytes)
    {
        output.WriteRaw((ulong)bytes.Length);
        output.Append(bytes);
    }

    public static void WriteInt64(ByteScratch output, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }

    /// <summary>The id of what was written: the first 8 bytes of its SHA-256. Ids meet by chance once in 4 thousand million things.</summary>
    public static ulong Id(ReadOnlySpan<byte> canonical)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonical, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    private static void WriteValue(ByteScratch output, AnyValueMessage value)
    {
        output.Append((byte)value.Kind);
        switch (value.Kind)
        {
            case AnyValueKind.String or AnyValueKind.Bytes:
                WriteBytes(output, value.Content);
                break;
            case AnyValueKind.Bool:
                output.Append(value.Bool ? (byte)1 : (byte)0);
                break;
            case AnyValueKind.Int or AnyValueKind.Double:
                WriteInt64(output, value.Int);
                break;
            case AnyValueKind.Array:
                int count = 0;
                var elements = new ByteScratch();
                foreach (ReadOnlySpan<byte> element in value.Elements)
                {
                    count++;
                    WriteValue(elements, new AnyValueMessage(element));
                }

                output.WriteRaw((ulong)count);
                output.Append(elements.Span);
                break;
            case AnyValueKind.Map:
                WriteAttributes(output, value.Entries);
                break;
            default:
                break;
        }
    }
}
