using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Tests.Query.Differential.Data;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary>A row at a point of a query: a record with what stages added to it or, after a stage that makes other rows, columns alone.</summary>
/// <remarks>Values of columns are null, string, long, double, bool, <see cref="ReferenceTime"/>, or one of <see cref="Tolerant"/>'s kin.</remarks>
/// <param name="Record">Null when the row is no record.</param>
/// <param name="Columns">What stages made, by name.</param>
internal sealed record ReferenceRow(TestRecord? Record, IReadOnlyDictionary<string, object?> Columns)
{
    /// <summary>Texts that name their fields themselves, the last that was parsed first: the value of a name, or null.</summary>
    public IReadOnlyList<Func<string, string?>> Parsed { get; init; } = [];

    /// <summary>The value of a name that a parsed text has.</summary>
    public string? InTexts(FieldName field, SearchSignal signal) =>
        field.Place == FieldPlace.Any && !ReferenceFields.Columns(signal).Contains(field.Name) ? Parsed.Select(find => find(field.Name)).FirstOrDefault(value => value is not null) : null;

    public ReferenceRow With(string name, object? value) => this with { Columns = new Dictionary<string, object?>(Columns) { [name] = value } };
}

/// <summary>A value of which the language says only so much.</summary>
internal abstract record Tolerant
{
    public abstract bool Accepts(object? value);
}

/// <summary>One of several values, as the first of records of the same time is.</summary>
internal sealed record OneOf(IReadOnlyList<object?> Values) : Tolerant
{
    public override bool Accepts(object? value) => Values.Any(each => ReferenceValue.AreSame(each, value));
}

/// <summary>A number in a range, as an approximate quantile is.</summary>
internal sealed record Within(double Least, double Most) : Tolerant
{
    public override bool Accepts(object? value) => ReferenceValue.Number(value) is { } number
        && number >= Least - (Math.Abs(Least) * 1e-6) - 1e-9 && number <= Most + (Math.Abs(Most) * 1e-6) + 1e-9;
}

/// <summary>A list of so many different ones of some values, in any order.</summary>
internal sealed record SomeOf(IReadOnlyCollection<string> Values, int Count) : Tolerant
{
    public override bool Accepts(object? value) => value is object?[] list
        && list.Length == Math.Min(Count, Values.Count) && list.Distinct().Count() == list.Length && list.All(element => element is string text && Values.Contains(text));
}
