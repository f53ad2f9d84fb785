namespace Observe.Query.PromQL.Language;

/// <summary>A function of PromQL.</summary>
/// <param name="Name">As it is called.</param>
/// <param name="ReturnType">What a call evaluates to.</param>
/// <param name="Parameters">What it takes; those with a default stand last.</param>
/// <param name="IsVariadic">Whether the last parameter may be given any number of times, and not at all.</param>
public sealed record PromQLFunction(string Name, ExpressionType ReturnType, IReadOnlyList<FunctionParameter> Parameters, bool IsVariadic = false)
{
    /// <summary>The fewest arguments of a call.</summary>
    public int LeastArguments => IsVariadic ? Parameters.Count - 1 : Parameters.Count(parameter => parameter.Default is null);

    /// <summary>The most arguments of a call; null for any number.</summary>
    public int? MostArguments => IsVariadic ? null : Parameters.Count;

    /// <summary>What the argument of an index must be.</summary>
    public FunctionParameter Parameter(int index) => Parameters[Math.Min(index, Parameters.Count - 1)];

    /// <summary>As it is called, for messages: <c>clamp(v, min, max)</c>.</summary>
    public string Signature => $"{Name}({string.Join(", ", Parameters.Select(Describe))})";

    private string Describe(FunctionParameter parameter, int index) =>
        IsVariadic && index == Parameters.Count - 1 ? $"{parameter.Name}…"
        : parameter.Default is null ? parameter.Name
        : $"[{parameter.Name}]";
}
