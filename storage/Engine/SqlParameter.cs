using System.Globalization;

namespace Observe.Storage.Engine;

/// <summary>A value for a placeholder <c>{name:Type}</c>, in the engine's text form for that type (escaped as in TSV).</summary>
public readonly record struct SqlParameter
{
    private SqlParameter(string name, string text)
    {
        Name = name;
        Text = text;
    }

    public string Name { get; }

    /// <summary>The value as the engine parses it: TSV escaping for strings, literals for everything else.</summary>
    public string Text { get; }

    /// <summary>For <c>{name:String}</c> and <c>{name:FixedString(N)}</c>.</summary>
    public static SqlParameter String(string name, string value) => new(name, SqlText.EscapeTsv(value));

    /// <summary>For <c>{name:Int64}</c> and every narrower integer type.</summary>
    public static SqlParameter Int64(string name, long value) => new(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>For <c>{name:UInt64}</c> and every narrower unsigned type.</summary>
    public static SqlParameter UInt64(string name, ulong value) => new(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>For <c>{name:Float64}</c>.</summary>
    public static SqlParameter Float64(string name, double value) => new(name, SqlText.Float64(value));

    /// <summary>For <c>{name:Array(String)}</c>: the whole is not unescaped as TSV, its elements are string literals.</summary>
    public static SqlParameter Strings(string name, IEnumerable<string> values) =>
        new(name, "[" + string.Join(',', values.Select(SqlText.QuoteString)) + "]");

    /// <summary>For <c>{name:Array(Int64)}</c>.</summary>
    public static SqlParameter Int64s(string name, IEnumerable<long> values) =>
        new(name, "[" + string.Join(',', values.Select(v => v.ToString(CultureInfo.InvariantCulture))) + "]");

    /// <summary>For <c>{name:Array(Float64)}</c>.</summary>
    public static SqlParameter Float64s(string name, IEnumerable<double> values) => new(name, "[" + string.Join(',', values.Select(SqlText.Float64)) + "]");

    /// <summary>For <c>{name:Array(UInt64)}</c>.</summary>
    public static SqlParameter UInt64s(string name, IEnumerable<ulong> values) =>
        new(name, "[" + string.Join(',', values.Select(v => v.ToString(CultureInfo.InvariantCulture))) + "]");
}
