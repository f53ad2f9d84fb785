using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Observe.Storage.Results.Columns;

/// <summary>Strings, kept as the bytes that the engine sent. Bytes that are not UTF-8 read as U+FFFD.</summary>
internal sealed class Utf8Column(string name, string type, byte[] bytes, int[] ends) : ResultColumn(name, type)
{
    public override object? GetValue(int row) => GetString(row);

    public override void WriteJson(Utf8JsonWriter writer, int row)
    {
        ReadOnlySpan<byte> utf8 = GetBytes(row);
        if (Utf8.IsValid(utf8))
        {
            writer.WriteStringValue(utf8);
        }
        else
        {
            writer.WriteStringValue(GetString(row));
        }
    }

    public override string GetString(int row) => Encoding.UTF8.GetString(GetBytes(row));

    private ReadOnlySpan<byte> GetBytes(int row)
    {
        int start = row == 0 ? 0 : ends[row - 1];
        return bytes.AsSpan(start, ends[row] - start);
    }
}
