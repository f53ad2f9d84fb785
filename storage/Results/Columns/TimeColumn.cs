using System.Numerics;
using System.Text.Json;

namespace Observe.Storage.Results.Columns;

internal sealed class TimeColumn<T>(string name, string type, T[] values, TimeUnit unit) : ResultColumn(name, type)
    where T : unmanaged, INumber<T>
{
    private readonly bool _isFraction = type.StartsWith("DateTime64", StringComparison.Ordinal);

    public override object? GetValue(int row) => GetInt64(row);

    public override void WriteJson(Utf8JsonWriter writer, int row) => writer.WriteStringValue(GetString(row));

    public override long GetInt64(int row)
    {
        long ticks = long.CreateChecked(values[row]);
        return _isFraction ? ticks * unit.NanosecondsPerTick : ticks;
    }

    /// <summary>RFC 3339 in UTC.</summary>
    public override string GetString(int row) => unit.Format(long.CreateChecked(values[row]));
}
