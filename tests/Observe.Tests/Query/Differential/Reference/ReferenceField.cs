using Observe.Query.Language;
using Observe.Tests.Query.Differential.Data;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary>What may be asked of a field of a record.</summary>
internal abstract record ReferenceField
{
    public abstract bool Equal(TestRecord record, FieldName field, QueryValue value);

    public abstract bool Order(TestRecord record, FieldName field, ComparisonOperator comparison, QueryValue value);

    public virtual bool Matches(TestRecord record, string pattern) => Texts(record).Any(text => ReferenceText.Matches(text, pattern));

    public virtual bool Contains(TestRecord record, string phrase, bool isPrefix) => Texts(record).Any(text => ReferenceText.Contains(text, phrase, isPrefix));

    public abstract bool Exists(TestRecord record);

    /// <summary>The texts of which one must match.</summary>
    protected abstract IEnumerable<string> Texts(TestRecord record);

    /// <summary>The value that stages group, sort and compute by; null where the record has none.</summary>
    public abstract object? Value(TestRecord record);

    protected static NotSupportedException Unsupported(FieldName field) => new($"The generator asks {field.Name} what makes no sense.");
}

/// <summary>A column of text; an empty one was not sent.</summary>
internal sealed record TextField(Func<TestRecord, string> Get) : ReferenceField
{
    public override bool Equal(TestRecord record, FieldName field, QueryValue value) => ReferenceText.Equals(Get(record), value);

    public override bool Order(TestRecord record, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        ReferenceNumber.Holds(comparison, ReferenceText.Compare(Get(record), value.Text));

    public override bool Exists(TestRecord record) => Get(record).Length > 0;

    public override object? Value(TestRecord record) => Get(record) is { Length: > 0 } text ? text : null;

    protected override IEnumerable<string> Texts(TestRecord record) => [Get(record)];
}

/// <summary>A column of several texts: a condition holds when it holds for one.</summary>
internal sealed record TextsField(Func<TestRecord, IReadOnlyList<string>> Get) : ReferenceField
{
    public override bool Equal(TestRecord record, FieldName field, QueryValue value) => Get(record).Any(text => ReferenceText.Equals(text, value));

    public override bool Order(TestRecord record, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        Get(record).Any(text => ReferenceNumber.Holds(comparison, ReferenceText.Compare(text, value.Text)));

    public override bool Exists(TestRecord record) => Get(record).Count > 0;

    public override object? Value(TestRecord record) => throw new NotSupportedException("Lists are not grouped by.");

    protected override IEnumerable<string> Texts(TestRecord record) => Get(record);
}

/// <summary>A column of integers; 0 was not sent.</summary>
internal sealed record NumberField(Func<TestRecord, long> Get) : ReferenceField
{
    public override bool Equal(TestRecord record, FieldName field, QueryValue value) => value.HasWildcard
        ? Texts(record).Any(text => ReferenceText.Equals(text, value))
        : Order(record, field, ComparisonOperator.Equal, value);

    public override bool Order(TestRecord record, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        ReferenceNumber.Holds(comparison, ReferenceNumber.Compare(Get(record), ReferenceNumber.OfValue(field, value) ?? throw Unsupported(field)));

    public override bool Exists(TestRecord record) => Get(record) != 0;

    public override object? Value(TestRecord record) => Get(record);

    protected override IEnumerable<string> Texts(TestRecord record) => [ReferenceText.Of(Get(record))!];
}

/// <summary>A time; 0 was not sent.</summary>
internal sealed record TimeField(Func<TestRecord, long> Get) : ReferenceField
{
    public override bool Equal(TestRecord record, FieldName field, QueryValue value) => Order(record, field, ComparisonOperator.Equal, value);

    public override bool Order(TestRecord record, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        ReferenceNumber.Holds(comparison, Get(record).CompareTo(ReferenceTime.Parse(value.Text)));

    public override bool Exists(TestRecord record) => Get(record) != 0;

    public override object? Value(TestRecord record) => new ReferenceTime(Get(record));

    protected override IEnumerable<string> Texts(TestRecord record) => throw new NotSupportedException("Times are not searched as text.");
}

/// <summary>A column of nanoseconds.</summary>
internal sealed record DurationField(Func<TestRecord, long> Get) : ReferenceField
{
    public override bool Equal(TestRecord record, FieldName field, QueryValue value) => Order(record, field, ComparisonOperator.Equal, value);

    public override bool Order(TestRecord record, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        ReferenceNumber.Holds(comparison, Get(record).CompareTo(ValueText.TryDuration(value.Text, out double ns) ? (long)Math.Round(ns) : throw Unsupported(field)));

    public override bool Exists(TestRecord record) => true;

    public override object? Value(TestRecord record) => Get(record);

    protected override IEnumerable<string> Texts(TestRecord record) => throw new NotSupportedException("Durations are not searched as text.");
}

/// <summary>One of a few names, in any case; the first was not sent.</summary>
internal sealed record NamesField(IReadOnlyList<string> Names, Func<TestRecord, int> Get) : ReferenceField
{
    public override bool Equal(TestRecord record, FieldName field, QueryValue value) =>
        ReferenceText.Equals(Names[Get(record)], value with { Text = value.Text.ToLowerInvariant() });

    public override bool Order(TestRecord record, FieldName field, ComparisonOperator comparison, QueryValue value) => throw Unsupported(field);

    public override bool Exists(TestRecord record) => Get(record) != 0;

    public override object? Value(TestRecord record) => Names[Get(record)];

    protected override IEnumerable<string> Texts(TestRecord record) => [Names[Get(record)]];
}

/// <summary>A trace or span id: any case, with or without dashes. What was not sent is not there.</summary>
internal sealed record IdField(Func<TestRecord, string> Get) : ReferenceField
{
    public override bool Equal(TestRecord record, FieldName field, QueryValue value) => value.HasWildcard
        ? Exists(record) && ReferenceText.Wildcard(Get(record), value.Text.ToLowerInvariant())
        : Get(record) == Digits(value.Text);

    public override bool Order(TestRecord record, FieldName field, ComparisonOperator comparison, QueryValue value) => throw Unsupported(field);

    public override bool Contains(TestRecord record, string phrase, bool isPrefix) => Exists(record)
        && (isPrefix ? Get(record).StartsWith(Digits(phrase), StringComparison.Ordinal) : Get(record) == Digits(phrase));

    public override bool Exists(TestRecord record) => Get(record).Length > 0;

    public override object? Value(TestRecord record) => Get(record) is { Length: > 0 } id ? id : null;

    public static string Digits(string text) => text.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    protected override IEnumerable<string> Texts(TestRecord record) => Exists(record) ? [Get(record)] : [];
}
