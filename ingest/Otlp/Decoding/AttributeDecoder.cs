using Observe.Ingest.Memory;
using Observe.Ingest.Otlp.Correlation;
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
    private RecordLimits _limits = RecordLimits.None;
    private int _leaves; // of the row
    private Truncations _truncations;
    private int _depth; // of maps within arrays
    private int _nestedMaps;
    private int _nestedPaths;

    /// <summary>Where the attributes that found no path are kept, as the JSON text of an object.</summary>
    public static ReadOnlySpan<byte> OverflowPath => "observe.more_attributes"u8;

    /// <summary>Where a record's time in Unix nanoseconds is kept, as text, when its column cannot hold it.</summary>
    public static ReadOnlySpan<byte> TimePath => "observe.time_unix_nano"u8;

    /// <summary>Appends one row of all that was sent.</summary>
    /// <param name="column">The column.</param>
    /// <param name="attributes">Each a <see cref="KeyValueMessage"/>.</param>
    public void AppendRow(JsonColumn column, RepeatedField attributes) =>
        AppendRow(column, attributes, RecordLimits.None, ids: null, out _);

    /// <summary>Appends one row of a record.</summary>
    /// <param name="column">The column.</param>
    /// <param name="attributes">Each a <see cref="KeyValueMessage"/>.</param>
    /// <param name="limits">How much of them is kept.</param>
    /// <param name="ids">Is offered every leaf; null where ids are not collected.</param>
    /// <param name="dropped">Leaves that were left out.</param>
    /// <param name="unixNano">A time that the record's own column cannot hold, kept under <see cref="TimePath"/>; 0 for none.</param>
    /// <returns>What was left out: the same as <see cref="AttributeValidator"/> says.</returns>
    public Truncations AppendRow(
        JsonColumn column, RepeatedField attributes, RecordLimits limits, CorrelationIdCollector? ids, out int dropped, ulong unixNano = 0)
    {
        _limits = limits;
        _leaves = 0;
        _truncations = Truncations.None;
        if (unixNano != 0)
        {
            Span<byte> text = stackalloc byte[NumberText.MaxLength];
            column.Slot(TimePath).AppendString(NumberText.UInt(unixNano, text));
        }

        AppendRow(column, attributes, ids);
        dropped = Math.Max(_leaves - limits.MaxAttributes, 0);
        return dropped == 0 ? _truncations : _truncations | Truncations.AttributeCount;
    }

    /// <summary>The batch is empty again.</summary>
    public void Clear()
    {
        _path.Clear();
        _depth = 0;
        _nestedMaps = 0;
        _nestedPaths = 0;
    }

    private void AppendRow(JsonColumn column, RepeatedField attributes, CorrelationIdCollector? ids)
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

    private void AppendEntries(
        JsonColumn column, RepeatedField entries, int start, CorrelationIdCollector? ids, ref AnyValueJsonWriter? overflow)
    {
        foreach (ReadOnlySpan<byte> entry in entries)
        {
            var keyValue = new KeyValueMessage(entry);
            AnyValueMessage value = keyValue.Value;
            if (start == _path.Length && value.Kind < AnyValueKind.Array && TryAppendExpected(column, keyValue.Key, value, ids))
            {
                continue;
            }

            ReadOnlySpan<byte> key = Utf8Text.Valid(keyValue.Key);
            int length = _path.Length;
            bool isBranch = value.Kind == AnyValueKind.Map && value.Entries.GetEnumerator().MoveNext();
            if (!isBranch && length == start)
            {
                ids?.Offer(key, value);
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
                ids?.Offer(_path.Span[start..], value);
                AppendLeaf(column, _path.Span[start..], value, ref overflow);
            }

            _path.Truncate(length);
        }
    }

    /// <summary>Appends a scalar whose key stood in the same place of the row before, which is what most attributes are.</summary>
    private bool TryAppendExpected(JsonColumn column, ReadOnlySpan<byte> key, in AnyValueMessage value, CorrelationIdCollector? ids)
    {
        if (_depth > 0 || _leaves >= _limits.MaxAttributes || column.TryExpected(key) is not { } slot)
        {
            return false;
        }

        _leaves++;
        ids?.Offer(key, value);
        AppendValue(slot, value, isElement: false);
        return true;
    }

    private void AppendLeaf(JsonColumn column, ReadOnlySpan<byte> path, in AnyValueMessage value, ref AnyValueJsonWriter? overflow)
    {
        if (_depth == 0 && ++_leaves > _limits.MaxAttributes)
        {
            return;
        }

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
            overflow = new AnyValueJsonWriter(_limits.MaxAttributeBytes);
            overflow.BeginObject();
        }

        NoteCuts(value);
        overflow.Property(path, value);
    }

    private void AppendValue(DynamicColumn column, in AnyValueMessage value, bool isElement)
    {
        switch (value.Kind)
        {
            case AnyValueKind.String:
                column.AppendString(Text(value));
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
                column.AppendString(_base64.Encode(Bytes(value)));
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

    /// <summary>A text, valid and not longer than the limit.</summary>
    private ReadOnlySpan<byte> Text(in AnyValueMessage value)
    {
        ReadOnlySpan<byte> text = value.Content;
        if (text.Length > _limits.MaxAttributeBytes)
        {
            _truncations |= Truncations.AttributeBytes;
            text = Utf8Text.Cut(text, _limits.MaxAttributeBytes);
        }

        return Utf8Text.Valid(text);
    }

    private ReadOnlySpan<byte> Bytes(in AnyValueMessage value)
    {
        ReadOnlySpan<byte> bytes = value.Content;
        if (bytes.Length > _limits.MaxAttributeBytes)
        {
            _truncations |= Truncations.AttributeBytes;
            bytes = bytes[.._limits.MaxAttributeBytes];
        }

        return bytes;
    }

    /// <summary>Notes whether a value that is kept as JSON text has texts that are cut there.</summary>
    private void NoteCuts(AnyValueMessage value)
    {
        if (AttributeValidator.LongestText(value) > _limits.MaxAttributeBytes)
        {
            _truncations |= Truncations.AttributeBytes;
        }
    }

    private void AppendMap(DynamicColumn column, AnyValueMessage map)
    {
        if (_nestedMaps == MaxNestedMaps)
        {
            NoteCuts(map);
            column.AppendString(new AnyValueJsonWriter(_limits.MaxAttributeBytes).Value(map));
            return;
        }

        _nestedMaps++;
        _depth++;
        AppendRow(column.AppendJson(), map.Entries, null);
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
                    strings.Elements.Append(Text(new AnyValueMessage(element)));
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
