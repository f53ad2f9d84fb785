using Observe.Storage.Results.Columns;

namespace Observe.Storage.Results.Readers;

/// <summary>Two little-endian halves, the upper one first; returned as text.</summary>
internal sealed class UuidReader : ColumnReader
{
    public override ResultColumn Read(ref NativeReader reader, string name, int rows)
    {
        ulong[] halves = reader.ReadArray<ulong>(checked(rows * 2));
        var values = new string[rows];
        for (int row = 0; row < rows; row++)
        {
            var number = new UInt128(halves[row * 2], halves[(row * 2) + 1]);
            string hex = number.ToString("x32", null);
            values[row] = $"{hex[..8]}-{hex[8..12]}-{hex[12..16]}-{hex[16..20]}-{hex[20..]}";
        }

        return new TextColumn(name, "UUID", values);
    }
}
