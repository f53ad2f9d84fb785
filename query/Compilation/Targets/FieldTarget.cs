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

    /// <summary><c>field in (a, b, c)</c>: a list may be long, so where it can be its values are one parameter.</summary>
    /// <param name="values">No two are the same.</param>
    public virtual string In(ParameterBag parameters, FieldName field, IReadOnlyList<QueryValue> values) =>
        $"({string.Join(" OR ", values.Select(value => Equal(parameters, field, value)))})";

    /// <summary><c>field&lt;value</c> and its three kin; only those operators occur.</summary>
    public abstract string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value);

    /// <summary><c>field~"regex"</c></summary>
    public abstract string Matches(ParameterBag parameters, QueryValue regex);

    /// <summary><c>field:text</c></summary>
    public abstract string Contains(ParameterBag parameters, string text, bool isPrefix);

    /// <summary><c>field:*</c></summary>
    public abstract string Exists(ParameterBag parameters);

    /// <summary>All values that can be written for it, in the order in which people look for them; none where they may be any.</summary>
    public virtual IReadOnlyList<string> Names => [];

    /// <summary>What kind of values it has, which decides what may be computed of them.</summary>
    public virtual ValueKind Kind => ValueKind.Text;

    /// <summary>The value as text: SQL of a Nullable(String), NULL for records that lack the field.</summary>
    public abstract string AsText(ParameterBag parameters);

    /// <summary>The value as a number: SQL that is NULL for records that lack the field or have no number there; null if it never has one.</summary>
    public virtual string? AsNumber(ParameterBag parameters) => null;

    /// <summary>The value as a number where it was sent as one: SQL that is NULL for texts, also for those that say a number; null if that is not known of its values.</summary>
    public virtual string? AsSentNumber(ParameterBag parameters) => null;

    /// <summary>Whether all its values are integers, which lose digits as doubles.</summary>
    public virtual bool IsInteger => false;

    /// <summary>The value in its own type, to group, sort and return by.</summary>
    public virtual string AsValue(ParameterBag parameters) => AsText(parameters);

    /// <summary>The value as an answer shows it: where types differ from record to record, each in its own.</summary>
    public virtual string AsTyped(ParameterBag parameters) => AsValue(parameters);

    /// <summary>SQL of the number by which values are sorted and compared, where they have an order of their own; NULL for those outside of it.</summary>
    /// <param name="value">SQL of <see cref="AsValue"/>.</param>
    public virtual string? Rank(ParameterBag parameters, string value) => null;

    /// <summary>The value by its types, to count how often there is each.</summary>
    public virtual IEnumerable<ValueSource> Values(ParameterBag parameters) =>
    [
        new ValueSource(
            Kind switch
            {
                ValueKind.Number => "int",
                ValueKind.Duration => "duration",
                ValueKind.Time => "time",
                ValueKind.Bool => "bool",
                _ => "string",
            },
            AsValue(parameters)),
    ];
}
