using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Observe.Storage.Results.Columns;

/// <summary>Integers and floating-point numbers.</summary>
internal sealed class NumberColumn<T>(string name, string type, T[] values) : ResultColumn(name, type)
    where T : unmanaged, INumber<T>
{
    private static readonly bool IsFloat = typeof(T) == typeof(double) || typeof(T) == typeof(float);
    private static readonly bool IsWide = typeof(T) == typeof(Int128) || typeof(T) == typeof(UInt128);

    public override object? GetValue(int row) =>
        IsFloat ? GetFloat64(row)
        : IsWide ? values[row].ToString(null, CultureInfo.InvariantCulture)
        : typeof(T) == typeof(ulong) ? GetUInt64(row)
        : GetInt64(row);

    public override void WriteJson(Utf8JsonWriter writer, int row)
    {
        if (IsFloat)
        {
            JsonValue.WriteDouble(writer, GetFloat64(row));
        }
        else if (IsWide)
        {
            writer.WriteStringValue(values[row].ToString(null, CultureInfo.InvariantCulture));
        }
        else if (typeof(T) == typeof(ulong))
        {
            writer.WriteNumberValue(GetUInt64(row));
        }
        else
        {
            writer.WriteNumberValue(GetInt64(row));
        }
    }

    public override long GetInt64(int row) => long.CreateChecked(values[row]);

    public override ulong GetUInt64(int row) => ulong.CreateChecked(values[row]);

    public override double GetFloat64(int row) => double.CreateChecked(values[row]);
}
