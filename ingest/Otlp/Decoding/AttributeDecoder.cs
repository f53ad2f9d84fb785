using Observe.Ingest.Memory;
using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;
using Observe.Storage.Columns;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>Turns attributes into one row of a <see cref="JsonColumn"/>.</summary>
/// <remarks>
/// | AnyValue | becomes |
/// | --- | --- |
/// | string, bool, int, double | the value, in its type, under the key |
/// | bytes | a string in base64 |
/// | map | one value per leaf, under the keys joined by dots; an empty map is an empty JSON value |
/// | array of one kind of scalar | an array of that type |
/// | any other array | an array of dynamic values: maps in it are JSON values, empty values are nulls |
/// | empty | null |
/// </remarks>
internal sealed class AttributeDecoder
{
    /// <summary>
    /// Paths that a column may have in one batch. Each costs a byte for every row of the batch, here and in the engine, so a sender that
    /// makes up a key for every record would need rows times keys of memory. Beyond it, attributes are kept as text under <see cref="OverflowPath"/>.
    /// </summary>
    public const int MaxPaths = 1000;

    /// <summary>
    /// Paths that all maps within arrays may have in one batch. Each path has columns of its own, about a kilobyte, and arrays in these
    /// maps hold maps again, so a few bytes for each made-up key would take gigabytes. Beyond it, as beyond <see cref="MaxPaths"/>.
    /// </summary>
    public const int MaxNestedPaths = 256;

    /// <summary>
    /// Maps within arrays that are kept as maps in one batch. An empty one takes four bytes in a request and a byte for each path in the
    /// column. Beyond it, maps are kept as JSON text.
    /// </summary>
    public const int MaxNestedMaps = 1_000_000;

    private readonly ByteScratch _path = new();
    private readonly Base64Text _base64 = new();
    private readonly AnyValueJsonWriter _mapText = new();
    private int _depth; // of maps within arrays
    private int _nestedMaps;
    private int _nestedPaths;

    /// <summary>Where the attributes that found no path are kept, as the JSON text of an object.</summary>
    public static ReadOnlySpan<byte> OverflowPath => "observe.more_attributes"u8;

    /// <summary>Appends one row.</summary>
    /// <param name="column">The column.</param>
    /// <param name="attributes">Each a <see cref="KeyValueMessage"/>.</param>
    /// <param name="ids">Is offered every leaf; null where ids are not collected.</param>
    public void AppendRow(JsonColumn column, RepeatedField attributes, CorrelationIdCollector? ids)
    {
        // A map within an array is a row of a column of its own, with paths that begin there.
        int start = _path.Length;
        AnyValueJsonWriter? overflow = null;
        AppendEntries(column, attributes, start, ids, ref overflow);
        if (overflow is not null)
        {
            column.Slot(OverflowPath).AppendString(overflow.EndObject());
        }

        column.EndRow();
    }

    /// <summary>The batch is empty again.</summary>
    public void Clear()
    {
        _path.Clear();
        _depth = 0;
        _nestedMaps = 0;
        _nestedPaths = 0;
    }

    private void AppendEntries(
        JsonColumn column, RepeatedField entries, int start, CorrelationIdCollector? ids, ref AnyValueJsonWriter? overflow)
    {
        foreach (ReadOnlySpan<byte> entry in entries)
        {
            var keyValue = new KeyValueMessage(entry);
            ReadOnlySpan<byte> key = Utf8Text.Valid(keyValue.Key);
            AnyValueMessage value = keyValue.Value;
            ids?.Offer(key, value);

            int length = _path.Length;
            bool isBranch = value.Kind == AnyValueKind.Map && value.Entries.GetEnumerator().MoveNext();
            if (!isBranch && length == start)
            {
                AppendLeaf(column, key, value, ref overflow);
                continue;
            }

            if (length > start)
            {
                _path.Append((byte)'.');
            }

            _path.Append(key);
            if (isBranch)
            {
                AppendEntries(column, value.Entries, start, ids, ref overflow);
            }
            else
            {
                AppendLeaf(column, _path.Span[start..], value, ref overflow);
            }

            _path.Truncate(length);
        }
    }

    private void AppendLeaf(JsonColumn column, ReadOnlySpan<byte> path, AnyValueMessage value, ref AnyValueJsonWriter? overflow)
    {
        int paths = column.PathCount;
        int maxPaths = _depth == 0 ? MaxPaths : paths + MaxNestedPaths - _nestedPaths;
        if (column.TrySlot(path, maxPaths) is { } slot)
        {
            _nestedPaths += _depth == 0 ? 0 : column.PathCount - paths;
            AppendValue(slot, value, isElement: false);
            return;
        }

        if (overflow is null)
        {
            overflow = new AnyValueJsonWriter();
            overflow.BeginObject();
        }

        overflow.Property(path, value);
    }

    private void AppendValue(DynamicColumn column, AnyValueMessage value, bool isElement)
    {
        switch (value.Kind)
        {
            case AnyValueKind.String:
                column.AppendString(Utf8Text.Valid(value.Content));
                break;
            case AnyValueKind.Bool:
                column.AppendBool(value.Bool);
                break;
            case AnyValueKind.Int:
                column.AppendInt64(value.Int);
                break;
            case AnyValueKind.Double:
                column.AppendFloat64(value.Double);
                break;
            case AnyValueKind.Bytes:
                column.AppendString(_base64.Encode(value.Content));
                break;
            case AnyValueKind.Array:
                AppendArray(column, value);
                break;
            case AnyValueKind.Map:
                AppendMap(column, value);
                break;
            default:
                if (isElement)
                {
                    column.AppendAbsent();
                }
                else
                {
                    column.AppendNull();
                }

                break;
        }
    }

    private void AppendMap(DynamicColumn column, AnyValueMessage map)
    {
        if (_nestedMaps == MaxNestedMaps)
        {
            column.AppendString(_mapText.Value(map));
            return;
        }

        _nestedMaps++;
        _depth++;
        AppendRow(column.AppendJson(), map.Entries, ids: null);
        _depth--;
    }

    private void AppendArray(DynamicColumn column, AnyValueMessage array)
    {
        switch (CommonKind(array.Elements))
        {
            case AnyValueKind.String:
                ArrayColumn<StringColumn> strings = column.AppendStringArray();
                foreach (ReadOnlySpan<byte> element in array.Elements)
                {
                    strings.Elements.Append(Utf8Text.Valid(new AnyValueMessage(element).Content));
                }

                strings.EndRow();
                break;
            case AnyValueKind.Int:
                ArrayColumn<FixedColumn<long>> ints = column.AppendInt64Array();
                foreach (ReadOnlySpan<byte> element in array.Elements)
                {
                    ints.Elements.Append(new AnyValueMessage(element).Int);
                }

                ints.EndRow();
                break;
            case AnyValueKind.Double:
                ArrayColumn<FixedColumn<double>> doubles = column.AppendFloat64Array();
                foreach (ReadOnlySpan<byte> element in array.Elements)
                {
                    doubles.Elements.Append(new AnyValueMessage(element).Double);
                }

                doubles.EndRow();
                break;
            case AnyValueKind.Bool:
                ArrayColumn<FixedColumn<byte>> bools = column.AppendBoolArray();
                foreach (ReadOnlySpan<byte> element in array.Elements)
                {
                    bools.Elements.Append(new AnyValueMessage(element).Bool ? (byte)1 : (byte)0);
                }

                bools.EndRow();
                break;
            default:
                ArrayColumn<DynamicColumn> mixed = column.AppendDynamicArray();
                foreach (ReadOnlySpan<byte> element in array.Elements)
                {
                    AppendValue(mixed.Elements, new AnyValueMessage(element), isElement: true);
                }

                mixed.EndRow();
                break;
        }
    }

    /// <summary>The kind that all elements have; <see cref="AnyValueKind.None"/> when they differ or there are none.</summary>
    private static AnyValueKind CommonKind(RepeatedField elements)
    {
        AnyValueKind? common = null;
        foreach (ReadOnlySpan<byte> element in elements)
        {
            AnyValueKind kind = new AnyValueMessage(element).Kind;
            common ??= kind;
            if (kind != common)
            {
                return AnyValueKind.None;
            }
        }

        return common ?? AnyValueKind.None;
    }
}
