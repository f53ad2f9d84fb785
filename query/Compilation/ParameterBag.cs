using System.Globalization;
using Observe.Storage.Engine;

namespace Observe.Query.Compilation;

/// <summary>The values of a statement. Each is bound under a name of its own, and what is written into the SQL is its placeholder.</summary>
public sealed class ParameterBag
{
    private readonly List<SqlParameter> _parameters = [];

    public IReadOnlyList<SqlParameter> Parameters => _parameters;

    public string Add(string value) => Add(SqlParameter.String, value, "String");

    public string Add(long value) => Add(SqlParameter.Int64, value, "Int64");

    public string Add(ulong value) => Add(SqlParameter.UInt64, value, "UInt64");

    public string Add(double value) => Add(SqlParameter.Float64, value, "Float64");

    public string Add(IEnumerable<string> values) => Add(SqlParameter.Strings, values, "Array(String)");

    public string Add(IEnumerable<long> values) => Add(SqlParameter.Int64s, values, "Array(Int64)");

    public string Add(IEnumerable<double> values) => Add(SqlParameter.Float64s, values, "Array(Float64)");

    public string Add(IEnumerable<ulong> values) => Add(SqlParameter.UInt64s, values, "Array(UInt64)");

    /// <summary>A point in time in Unix nanoseconds, as the type of the Timestamp columns.</summary>
    public string AddTime(long unixNanoseconds) => $"fromUnixTimestamp64Nano({Add(unixNanoseconds)}, 'UTC')";

    /// <summary>A number where the engine takes no parameter, such as the level of a quantile: written by this program from a parsed number.</summary>
    public static string Constant(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private string Add<T>(Func<string, T, SqlParameter> create, T value, string type)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"p{_parameters.Count}");
        _parameters.Add(create(name, value));
        return $"{{{name}:{type}}}";
    }
}
