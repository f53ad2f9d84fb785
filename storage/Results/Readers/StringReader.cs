using Observe.Storage.Results.Columns;

namespace Observe.Storage.Results.Readers;

/// <summary>Per value a varuint length and its bytes.</summary>
internal sealed class StringReader(string type) : ColumnReader
{
    public override ResultColumn Read(ref NativeReader reader, string name, int rows)
    {
        // Two passes: the lengths decide how large the copy is.
        NativeReader ahead = reader;
        var ends = new int[rows];
        int end = 0;
        for (int row = 0; row < rows; row++)
        {
            int length = ahead.ReadCount();
            ahead.Take(length);
            end = checked(end + length);
            ends[row] = end;
        }

        byte[] bytes = new byte[end];
        int start = 0;
        for (int row = 0; row < rows; row++)
        {
            reader.ReadVarUInt();
            reader.Take(ends[row] - start).CopyTo(bytes.AsSpan(start));
            start = ends[row];
        }

        return new Utf8Column(name, type, bytes, ends);
    }
}
