using Observe.Query.Language;
using Observe.Tests.Query.Differential.Data;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary>A name that is no column: the value under it in one or several places. A condition holds when it holds in one of them.</summary>
/// <remarks>
/// Of a list each question is asked of its elements, as of several values. An empty value (OTLP has one) is there, but equals nothing and
/// has no text, and so are maps within lists.
/// </remarks>
/// <param name="Name">The name of a leaf.</param>
/// <param name="Places">The leaves in which it may be.</param>
internal sealed record AttributeField(string Name, IReadOnlyList<Func<TestRecord, IReadOnlyDictionary<string, object?>>> Places) : ReferenceField
{
    public override bool Equal(TestRecord record, FieldName field, QueryValue value) => Elements(record).Any(element => Equal(element, field, value));

    public override bool Order(TestRecord record, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        Found(record).Any(found => Order(found, field, comparison, value));

    public override bool Exists(TestRecord record) => Found(record).Any();

    public override object? Value(TestRecord record) => Found(record).FirstOrDefault(value => value is not null);

    protected override IEnumerable<string> Texts(TestRecord record) => Elements(record).Select(ReferenceText.Of).OfType<string>();

    private IEnumerable<object?> Found(TestRecord record) => Places.Select(place => place(record)).Where(leaves => leaves.ContainsKey(Name)).Select(leaves => leaves[Name]);

    private IEnumerable<object?> Elements(TestRecord record) => Found(record).SelectMany(value => value is object?[] list ? list : [value]);

    /// <summary>The same text, the same number whatever its type, the same truth; quotes say no type.</summary>
    private static bool Equal(object? element, FieldName field, QueryValue value)
    {
        if (value.HasWildcard)
        {
            return ReferenceText.Of(element) is { } text && ReferenceText.Wildcard(text, value.Text);
        }

        return element switch
        {
            string or byte[] => ReferenceText.Of(element) == value.Text,
            long or double => ReferenceNumber.OfValue(field, value) is { } number && ReferenceNumber.Compare(element, number) == 0,
            bool flag => ValueText.TryBool(value.Text, out bool wanted) && flag == wanted,
            _ => false,
        };
    }

    /// <summary>Numbers, also those that were sent as text; after a quoted value, texts.</summary>
    private static bool Order(object? found, FieldName field, ComparisonOperator comparison, QueryValue value)
    {
        if (value.IsQuoted)
        {
            return found is string or byte[] && ReferenceNumber.Holds(comparison, ReferenceText.Compare(ReferenceText.Of(found)!, value.Text));
        }

        object? number = found is string text ? ReferenceNumber.OfText(text) : found is long or double ? found : null;
        return number is not null && ReferenceNumber.Holds(comparison, ReferenceNumber.Compare(number, ReferenceNumber.OfValue(field, value)!));
    }
}
