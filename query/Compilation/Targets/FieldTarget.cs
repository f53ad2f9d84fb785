using Observe.Query.Language;

namespace Observe.Query.Compilation.Targets;

/// <summary>
/// What a field's name stands for in a statement, and how each question about it is written in SQL.
/// </summary>
/// <remarks>
/// Every condition is 0 or 1 and never NULL, so that its negation holds for records that lack the field. Negated operators do not reach a
/// target: <see cref="FilterCompiler"/> negates the positive one.
/// </remarks>
public abstract class FieldTarget
{
    /// <summary><c>field=value</c>; a value with a wildcard is a pattern.</summary>
    public abstract string Equal(ParameterBag parameters, FieldName field, QueryValue value);

    /// <summary><c>field&lt;value</c> and its three kin; only those operators occur.</summary>
    public abstract string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value);

    /// <summary><c>field~"regex"</c></summary>
    public abstract string Matches(ParameterBag parameters, QueryValue regex);

    /// <summary><c>field:text</c></summary>
    public abstract string Contains(ParameterBag parameters, string text, bool isPrefix);

    /// <summary><c>field:*</c></summary>
    public abstract string Exists(ParameterBag parameters);
}
