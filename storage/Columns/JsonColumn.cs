using System.Runtime.CompilerServices;
using System.Text;

namespace Observe.Storage.Columns;

/// <summary>A column of attribute sets: ClickHouse's <c>JSON</c>, in the flattened Native form, one typed sub-column per path.</summary>
/// <remarks>
/// Structure: UInt64 3 (flattened), varuint paths, their names, then each path's structure as a <see cref="DynamicColumn"/>.
/// Data: each path's data. A dot in a path's name means nesting.
/// <para>To fill a row, take a <see cref="Slot"/> for each attribute and append one value to it, then call <see cref="EndRow"/>.</para>
/// </remarks>
public sealed class JsonColumn : Column
{
    private readonly List<JsonPath> _paths = [];
    private readonly Dictionary<byte[], JsonPath> _byName = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], JsonPath>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    // The i-th attribute of a record mostly has the same key as the i-th of the record before: compared first, looked up second.
    private JsonPath[] _lastRow = [];
    private int _lastRowLength;
    private int _position;
    private int _count;
    private int _used; // paths with values

    public JsonColumn() => _lookup = _byName.GetAlternateLookup<ReadOnlySpan<byte>>();

    public override string Type => "JSON";

    public override int Count => _count;

    public override long ByteCount
    {
        get
        {
            long sum = 0;
            foreach (JsonPath path in _paths)
            {
                // Rows without the path are padded when the block is written.
                sum += path.Values.ByteCount + (_count - path.Values.Count);
            }

            return sum;
        }
    }

    /// <summary>How many paths have values.</summary>
    public int PathCount => _used;

    /// <summary>The paths that occur in the rows appended since the last <see cref="Clear"/>, with their types.</summary>
    public IEnumerable<JsonPath> Paths => _paths.Where(path => path.Values.Count > 0);

    /// <summary>
    /// The place for one value of the current row under this path. When the row has a value there already (a key sent twice), the place
    /// is under the path with <c>#2</c>, <c>#3</c>, … appended, so that neither value is lost.
    /// </summary>
    public DynamicColumn Slot(ReadOnlySpan<byte> path) => TrySlot(path, int.MaxValue)!;

    /// <summary>
    /// As <see cref="Slot"/> where the path is the one that stood last in this place of a row and the row has no value there yet; otherwise
    /// null, and nothing is changed. Paths are valid UTF-8, so bytes that are equal to one are valid, too.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DynamicColumn? TryExpected(ReadOnlySpan<byte> path)
    {
        int position = _position;
        if (position < _lastRowLength)
        {
            JsonPath expected = _lastRow[position];
            if (expected.Values.Count > 0 && expected.Values.Count <= _count && path.SequenceEqual(expected.Utf8Name))
            {
                _position = position + 1;
                expected.Values.PadTo(_count);
                return expected.Values;
            }
        }

        return null;
    }

    /// <summary>As <see cref="Slot"/>; null when this would be a new path and <paramref name="maxPaths"/> others have values already.</summary>
    public DynamicColumn? TrySlot(ReadOnlySpan<byte> path, int maxPaths)
    {
        JsonPath? found = Find(path, maxPaths);
        if (found?.Values.Count > _count)
        {
            found = FindRepeated(path, found, maxPaths);
        }

        if (found is null)
        {
            return null;
        }

        if (found.Values.Count == 0)
        {
            _used++;
        }

        found.Values.PadTo(_count);
        return found.Values;
    }

    public void EndRow()
    {
        _count++;
        _position = 0;
    }

    public override void Clear()
    {
        // Paths that the last batch did not use are forgotten: senders with ever new keys must not make the column grow for ever.
        for (int i = _paths.Count - 1; i >= 0; i--)
        {
            if (_paths[i].Values.Count == 0)
            {
                _byName.Remove(_paths[i].Utf8Name);
                _paths.RemoveAt(i);
                _lastRowLength = 0;
            }
            else
            {
                _paths[i].Clear();
            }
        }

        _count = 0;
        _position = 0;
        _used = 0;
    }

    internal override void WriteStructure(BlockWriter writer)
    {
        writer.WriteUInt64(DynamicColumn.FlattenedVersion);
        writer.WriteVarUInt((ulong)Paths.Count());
        foreach (JsonPath path in Paths)
        {
            writer.WriteString(path.Utf8Name);
        }

        foreach (JsonPath path in Paths)
        {
            path.Values.WriteStructure(writer);
        }
    }

    internal override void WriteData(BlockWriter writer)
    {
        foreach (JsonPath path in Paths)
        {
            path.Values.PadTo(_count);
            path.Values.WriteData(writer);
        }
    }

    internal override void AppendWhere(Column source, ReadOnlySpan<bool> isTaken)
    {
        foreach (JsonPath path in ((JsonColumn)source).Paths)
        {
            // A path without a value in these rows is not one of theirs.
            if (path.Values.HasValueWhere(isTaken))
            {
                JsonPath own = FindOrAdd(path.Utf8Name, int.MaxValue)!;
                _used += own.Values.Count == 0 ? 1 : 0;
                own.Values.PadTo(_count);
                own.Values.AppendWhere(path.Values, isTaken);
            }
        }

        _count += isTaken.Count(true);
    }

    private JsonPath? Find(ReadOnlySpan<byte> path, int maxPaths)
    {
        int position = _position++;
        if (position < _lastRowLength && path.SequenceEqual(_lastRow[position].Utf8Name))
        {
            JsonPath expected = _lastRow[position];
            return expected.Values.Count == 0 && _used >= maxPaths ? null : expected;
        }

        JsonPath? found = FindOrAdd(path, maxPaths);
        if (found is null)
        {
            return null;
        }

        if (position <= _lastRowLength)
        {
            Expect(position, found);
        }

        return found;
    }

    private void Expect(int position, JsonPath path)
    {
        if (position == _lastRow.Length)
        {
            Array.Resize(ref _lastRow, Math.Max(16, position * 2));
        }

        _lastRow[position] = path;
        _lastRowLength = Math.Max(_lastRowLength, position + 1);
    }

    /// <summary>The place for a key that the current row has already. The path remembers how often, so that a thousand repetitions are not a million searches.</summary>
    private JsonPath? FindRepeated(ReadOnlySpan<byte> path, JsonPath first, int maxPaths)
    {
        while (true)
        {
            byte[] suffix = Encoding.ASCII.GetBytes($"#{first.NextOccurrence(_count)}");
            JsonPath? found = FindOrAdd([.. path, .. suffix], maxPaths);
            if (found is null || found.Values.Count <= _count)
            {
                return found;
            }
        }
    }

    private JsonPath? FindOrAdd(ReadOnlySpan<byte> path, int maxPaths)
    {
        if (!_lookup.TryGetValue(path, out JsonPath? found))
        {
            if (_used >= maxPaths)
            {
                return null;
            }

            found = new JsonPath(path.ToArray());
            _byName.Add(found.Utf8Name, found);
            _paths.Add(found);
        }

        return found.Values.Count == 0 && _used >= maxPaths ? null : found;
    }
}
