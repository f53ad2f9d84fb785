namespace Observe.Query.PromQL.Language;

/// <summary>The functions of Prometheus 3 that are not behind a feature flag.</summary>
/// <remarks>https://prometheus.io/docs/prometheus/latest/querying/functions/</remarks>
public static class PromQLFunctions
{
    private static readonly PromQLFunction Time = new("time", ExpressionType.Scalar, []);

    private static readonly PromQLFunction VectorOf = new("vector", ExpressionType.InstantVector, [Scalar("s")]);

    /// <summary><c>vector(time())</c>: what the parts of a date are taken from when nothing is said.</summary>
    private static readonly CallExpression Now = new(VectorOf, [new CallExpression(Time, [], default)], default);

    private static readonly Dictionary<string, PromQLFunction> Functions = Table().ToDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>Those that Prometheus has behind a feature flag.</summary>
    private static readonly HashSet<string> Experimental = new(
        [
            "double_exponential_smoothing", "end", "histogram_quantiles", "info", "mad_over_time", "max_of", "min_of", "range", "sort_by_label",
            "sort_by_label_desc", "start", "start_timestamp", "step", "ts_of_first_over_time", "ts_of_last_over_time", "ts_of_max_over_time", "ts_of_min_over_time",
        ],
        StringComparer.Ordinal);

    /// <summary>All functions.</summary>
    public static IReadOnlyCollection<PromQLFunction> All => Functions.Values;

    /// <param name="name">A name; case counts.</param>
    public static PromQLFunction? Find(string name) => Functions.GetValueOrDefault(name);

    /// <summary>Whether Prometheus knows the name, but only behind a feature flag.</summary>
    public static bool IsExperimental(string name) => Experimental.Contains(name);

    private static IEnumerable<PromQLFunction> Table() =>
    [
        Time,
        VectorOf,
        new("pi", ExpressionType.Scalar, []),
        new("scalar", ExpressionType.Scalar, [Vector("v")]),

        .. OfVector("abs", "ceil", "exp", "floor", "ln", "log2", "log10", "sgn", "sqrt"),
        .. OfVector("acos", "acosh", "asin", "asinh", "atan", "atanh", "cos", "cosh", "deg", "rad", "sin", "sinh", "tan", "tanh"),
        .. OfVector("absent", "sort", "sort_desc", "timestamp"),
        .. OfVector("histogram_avg", "histogram_count", "histogram_stddev", "histogram_stdvar", "histogram_sum"),
        .. OfDate("day_of_month", "day_of_week", "day_of_year", "days_in_month", "hour", "minute", "month", "year"),

        ToVector("clamp", Vector("v"), Scalar("min"), Scalar("max")),
        ToVector("clamp_max", Vector("v"), Scalar("max")),
        ToVector("clamp_min", Vector("v"), Scalar("min")),
        ToVector("round", Vector("v"), new FunctionParameter("to_nearest", ExpressionType.Scalar, new NumberLiteral(1, false, default))),
        ToVector("histogram_fraction", Scalar("lower"), Scalar("upper"), Vector("b")),
        ToVector("histogram_quantile", Scalar("φ"), Vector("b")),
        ToVector("label_replace", Vector("v"), Text("dst_label"), Text("replacement"), Text("src_label"), Text("regex")),
        ToVector("label_join", Vector("v"), Text("dst_label"), Text("separator"), Text("src_label")) with { IsVariadic = true },

        .. OfRange("changes", "delta", "deriv", "idelta", "increase", "irate", "rate", "resets"),
        .. OfRange("absent_over_time", "avg_over_time", "count_over_time", "first_over_time", "last_over_time", "max_over_time"),
        .. OfRange("min_over_time", "present_over_time", "stddev_over_time", "stdvar_over_time", "sum_over_time"),
        ToVector("predict_linear", Range("v"), Scalar("t")),
        ToVector("quantile_over_time", Scalar("φ"), Range("v")),
    ];

    private static IEnumerable<PromQLFunction> OfVector(params string[] names) => names.Select(name => ToVector(name, Vector("v")));

    private static IEnumerable<PromQLFunction> OfRange(params string[] names) => names.Select(name => ToVector(name, Range("v")));

    private static IEnumerable<PromQLFunction> OfDate(params string[] names) =>
        names.Select(name => ToVector(name, new FunctionParameter("v", ExpressionType.InstantVector, Now)));

    private static PromQLFunction ToVector(string name, params FunctionParameter[] parameters) => new(name, ExpressionType.InstantVector, parameters);

    private static FunctionParameter Vector(string name) => new(name, ExpressionType.InstantVector);

    private static FunctionParameter Range(string name) => new(name, ExpressionType.RangeVector);

    private static FunctionParameter Scalar(string name) => new(name, ExpressionType.Scalar);

    private static FunctionParameter Text(string name) => new(name, ExpressionType.String);
}
