using System.Globalization;
using System.Numerics;
using Observe.Storage.Engine;
using Observe.Storage.Results.Columns;

namespace Observe.Storage.Results.Readers;

/// <summary>Decimals: an integer scaled by a power of ten; returned as text, which loses no digit.</summary>
internal sealed class DecimalReader<T>(string type, int scale) : ColumnReader
    where T : unmanaged, INumber<T>
{
    public override ResultColumn Read(ref NativeReader reader, string name, int rows)
    {
        T[] scaled = reader.ReadArray<T>(rows);
        return new TextColumn(name, type, Array.ConvertAll(scaled, Format));
    }

    private string Format(T value)
    {
        string digits = T.Abs(value).ToString(null, CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        string sign = T.IsNegative(value) ? "-" : "";
        return scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }
}

internal static class DecimalReader
{
    public static ColumnReader For(TypeName type)
    {
        int precision = int.Parse(type.Arguments[0], CultureInfo.InvariantCulture);
        int scale = int.Parse(type.Arguments[1], CultureInfo.InvariantCulture);
        return precision switch
        {
            <= 9 => new DecimalReader<int>(type.Text, scale),
            <= 18 => new DecimalReader<long>(type.Text, scale),
            <= 38 => new DecimalReader<Int128>(type.Text, scale),
            _ => throw new StorageException(StorageError.BadStatement, $"Results of type {type.Text} cannot be returned. Convert the value with toString(…)."),
        };
    }
}
