using Observe.Query.Language;

namespace Observe.Query.Compilation.Targets;

/// <summary>A field that may be in several places: a condition holds when it holds in one of them.</summary>
public sealed class AnyOfTarget(IReadOnlyList<FieldTarget> targets) : FieldTarget
{
    public override string Equal(ParameterBag parameters, FieldName field, QueryValue value) => Any(target => target.Equal(parameters, field, value));

    public override string In(ParameterBag parameters, FieldName field, IReadOnlyList<QueryValue> values) => Any(target => target.In(parameters, field, values));

    public override string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        Any(target => target.Order(parameters, field, comparison, value));

    public override string Matches(ParameterBag parameters, QueryValue regex) => Any(target => target.Matches(parameters, regex));

    public override string Contains(ParameterBag parameters, string text, bool isPrefix) => Any(target => target.Contains(parameters, text, isPrefix));

    public override string Exists(ParameterBag parameters) => Any(target => target.Exists(parameters));

    /// <summary>Numbers if there are nothing but numbers in all places.</summary>
    public override ValueKind Kind => targets.All(target => target.Kind == ValueKind.Number) ? ValueKind.Number : ValueKind.Any;

    public override bool IsInteger => targets.All(target => target.IsInteger);

    public override string AsText(ParameterBag parameters) => $"coalesce({string.Join(", ", targets.Select(target => target.AsText(parameters)))})";

    /// <summary>The number of the first place that has a value: a text there is not passed over for a number elsewhere.</summary>
    public override string AsNumber(ParameterBag parameters) => FirstNumber(parameters, target => target.AsNumber(parameters));

    public override string? AsSentNumber(ParameterBag parameters) => targets.Any(target => target.AsSentNumber(parameters) is not null)
        ? FirstNumber(parameters, target => target.AsSentNumber(parameters))
        : null;

    /// <inheritdoc cref="FieldTarget.AsValue"/>
    /// <remarks>Integers of one place and doubles of another have no type in common but that of doubles.</remarks>
    public override string AsValue(ParameterBag parameters) =>
        IsInteger ? $"coalesce({string.Join(", ", targets.Select(target => target.AsValue(parameters)))})"
        : Kind == ValueKind.Number ? AsNumber(parameters)
        : AsText(parameters);

    public override IEnumerable<ValueSource> Values(ParameterBag parameters) => targets.SelectMany(target => target.Values(parameters));

    public override string AsTyped(ParameterBag parameters)
    {
        if (Kind == ValueKind.Number)
        {
            return AsValue(parameters);
        }

        // A value with nothing in it has no text, and is passed over here too.
        IEnumerable<string> values = targets.Select(target => $"isNotNull({target.AsText(parameters)}), CAST({target.AsTyped(parameters)}, 'Dynamic')");
        return $"multiIf({string.Join(", ", values)}, NULL)";
    }

    private string FirstNumber(ParameterBag parameters, Func<FieldTarget, string?> numberOf)
    {
        if (Kind == ValueKind.Number)
        {
            return $"coalesce({string.Join(", ", targets.Select(target => $"toFloat64({numberOf(target)})"))})";
        }

        IEnumerable<string> numbers = targets.Select(target =>
            $"isNotNull({target.AsText(parameters)}), {(numberOf(target) is { } number ? $"toFloat64({number})" : "NULL")}");
        return $"multiIf({string.Join(", ", numbers)}, NULL)";
    }

    private string Any(Func<FieldTarget, string> condition) => $"({string.Join(" OR ", targets.Select(condition))})";
}
