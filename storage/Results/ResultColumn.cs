using System.Text.Json;

namespace Observe.Storage.Results;

/// <summary>One column of a <see cref="ResultBlock"/>.</summary>
/// <remarks>The typed getters exist where the column's type has such values; elsewhere they throw <see cref="InvalidCastException"/>.</remarks>
public abstract class ResultColumn(string name, string type)
{
    public string Name => name;

    /// <summary>The ClickHouse type, such as <c>UInt64</c> or <c>Array(String)</c>.</summary>
    public string Type => type;

    /// <summary>Whether the row has no value (Nullable, Dynamic).</summary>
    public virtual bool IsNull(int row) => false;

    /// <summary>
    /// The value as .NET has it: long, ulong, double, string, bool, <see cref="object"/> arrays, for times a
    /// <see cref="long"/> of Unix nanoseconds (DateTime64) or seconds (DateTime), and for JSON a dictionary of flat paths
    /// (<c>http.route</c>) to such values, in the order of their names. Null where the row has none.
    /// </summary>
    public abstract object? GetValue(int row);

    /// <summary>
    /// Writes the value as JSON. Integers and doubles stay apart (<c>5</c>, <c>5.0</c>), what is not finite becomes <c>"NaN"</c>,
    /// <c>"Infinity"</c> or <c>"-Infinity"</c>, times become RFC 3339 in UTC with all their digits, JSON becomes an object of flat paths.
    /// </summary>
    public abstract void WriteJson(Utf8JsonWriter writer, int row);

    /// <summary>Integers, enums' numbers and bools; times as Unix nanoseconds (DateTime64) or seconds (DateTime), dates as days.</summary>
    public virtual long GetInt64(int row) => throw Mismatch("an integer");

    public virtual ulong GetUInt64(int row) => throw Mismatch("an unsigned integer");

    public virtual double GetFloat64(int row) => throw Mismatch("a number");

    /// <summary>Strings and enums' names.</summary>
    public virtual string GetString(int row) => throw Mismatch("a string");

    public virtual ulong[] GetUInt64Array(int row) => throw Mismatch("an array of unsigned integers");

    public virtual double[] GetFloat64Array(int row) => throw Mismatch("an array of numbers");

    private InvalidCastException Mismatch(string wanted) => new($"Column {name} is {type}, not {wanted}.");
}
