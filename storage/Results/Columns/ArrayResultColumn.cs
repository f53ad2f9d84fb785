using System.Text.Json;

namespace Observe.Storage.Results.Columns;

internal sealed class ArrayResultColumn(string name, string type, ulong[] ends, ResultColumn elements) : ResultColumn(name, type)
{
    public override object? GetValue(int row)
    {
        (int start, int end) = Bounds(row);
        var values = new object?[end - start];
        for (int i = start; i < end; i++)
        {
            values[i - start] = elements.GetValue(i);
        }

        return values;
    }

    public override ulong[] GetUInt64Array(int row)
    {
        (int start, int end) = Bounds(row);
        ulong[] values = new ulong[end - start];
        for (int i = start; i < end; i++)
        {
            values[i - start] = elements.GetUInt64(i);
        }

        return values;
    }

    public override double[] GetFloat64Array(int row)
    {
        (int start, int end) = Bounds(row);
        double[] values = new double[end - start];
        for (int i = start; i < end; i++)
        {
            values[i - start] = elements.GetFloat64(i);
        }

        return values;
    }

    public override void WriteJson(Utf8JsonWriter writer, int row)
    {
        (int start, int end) = Bounds(row);
        writer.WriteStartArray();
        for (int i = start; i < end; i++)
        {
            elements.WriteJson(writer, i);
        }

        writer.WriteEndArray();
    }

    private (int Start, int End) Bounds(int row) => (row == 0 ? 0 : (int)ends[row - 1], (int)ends[row]);
}
