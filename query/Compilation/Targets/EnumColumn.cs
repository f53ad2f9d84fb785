using Observe.Query.Language;

namespace Observe.Query.Compilation.Targets;

/// <summary>A column whose values are a few names, compared in any case.</summary>
/// <param name="names">The names, in the order in which people look for them.</param>
/// <param name="hasNone">Whether the first of them says that nothing was sent; it is looked for least.</param>
public sealed class EnumColumn(string sql, IReadOnlyList<string> names, bool hasNone = true) : FieldTarget
{
    private readonly TextColumn _text = new($"toString({sql})");

    public override IReadOnlyList<string> Names { get; } = hasNone ? [.. names.Skip(1), names[0]] : names;

    public override string Equal(ParameterBag parameters, FieldName field, QueryValue value)
    {
        if (value.HasWildcard)
        {
            return _text.Equal(parameters, field, value with { Text = value.Text.ToLowerInvariant() });
        }

        string name = value.Text.ToLowerInvariant();
        return names.Contains(name)
            ? $"{sql} = {parameters.Add(name)}"
            : throw new QuerySyntaxException($"{field.Name} is one of {string.Join(", ", Names)}; not {value.Text}.", value.Span);
    }

    public override string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        throw new QuerySyntaxException($"{field.Name} has no order; write {field.Name}= with one of {string.Join(", ", Names)}.", value.Span);

    public override string Matches(ParameterBag parameters, QueryValue regex) => _text.Matches(parameters, regex);

    public override string Contains(ParameterBag parameters, string text, bool isPrefix) => _text.Contains(parameters, text, isPrefix);

    public override string AsText(ParameterBag parameters) => $"toString({sql})";

    public override string Exists(ParameterBag parameters) => hasNone ? $"{sql} != {parameters.Add(names[0])}" : "true";
}
