using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Ui.Records;
using Observe.Ui.Search;

using static Observe.Tests.Ui.SpanSamples;

namespace Observe.Tests.Ui;

public sealed class RecordFieldsTests
{
    [Fact]
    public void Of_AttributeNamedLikeAColumn_IsAskedForByItsPlace()
    {
        RecordField field = Field(Log(1, attributes: new() { ["status"] = 200L, ["http.route"] = "/x" }), "Attributes", "status");

        Assert.Equal(("status", FieldPlace.Attribute), (field.QueryName, field.Place));
    }

    [Fact]
    public void Of_ResourceFieldThatTheRecordHasToo_IsAskedForByItsPlace()
    {
        LogRecord log = Log(1, attributes: new() { ["host.name"] = "a" }) with
        {
            ResourceAttributes = new Dictionary<string, object?> { ["host.name"] = "b", ["service.name"] = "web", ["zone"] = "z" },
        };

        Assert.Equal(FieldPlace.Resource, Field(log, "Resource", "host.name").Place);
        Assert.Equal(FieldPlace.Any, Field(log, "Resource", "service.name").Place);
        Assert.Equal(FieldPlace.Any, Field(log, "Resource", "zone").Place);
    }

    [Fact]
    public void Of_ListsAndNull_AreShownAndNotFilterable()
    {
        LogRecord log = Log(1, attributes: new() { ["list"] = new object?[] { 1L, "a" }, ["nothing"] = null });

        Assert.Null(Field(log, "Attributes", "list").QueryName);
        Assert.Null(Field(log, "Attributes", "nothing").QueryName);
    }

    [Fact]
    public void Of_Span_HasItsIdsAndDuration()
    {
        SpanRecord span = Span("00f067aa0ba902b7", "53995c3f42cd8ad8", 10, 1_500_000);

        Assert.Equal(span.SpanId, Field(span, "Span", "span_id").Value);
        Assert.Equal(span.ParentSpanId, Field(span, "Span", "parent_span_id").Value);
        Assert.Equal("1.5 ms", Field(span, "Span", "duration").Note);
    }

    [Fact]
    public void Of_Series_HasItsMetricAndAttributesNamedLikeColumnsByTheirPlace()
    {
        var series = new SeriesRecord
        {
            SeriesId = "00f067aa0ba902b7",
            Name = "gc.pause",
            Type = "sum",
            Unit = "s",
            Description = "",
            Temporality = "delta",
            IsMonotonic = true,
            LastDay = new DateOnly(2026, 1, 2),
            ServiceName = "shop",
            ScopeName = "",
            ScopeVersion = "",
            Attributes = new Dictionary<string, object?> { ["type"] = "old", ["status"] = 200L },
            ResourceAttributes = new Dictionary<string, object?>(),
            ScopeAttributes = new Dictionary<string, object?>(),
            Metadata = new Dictionary<string, object?>(),
        };

        Assert.Equal("name=gc.pause type=sum unit=s temporality=delta monotonic=true last_day=2026-01-02 series.id=00f067aa0ba902b7", string.Join(' ', RecordFields.Of(series)
            .Single(group => group.Title == "Metric").Fields.Select(field => $"{field.QueryName}={FieldText.Format(field.Value)}")));
        Assert.Equal(FieldPlace.Attribute, Field(series, "Attributes", "type").Place);
        Assert.Equal(FieldPlace.Any, Field(series, "Attributes", "status").Place);
        Assert.Equal("metrics attr.type=old", Field(series, "Attributes", "type").AddTo("metrics", exclude: false));
        Assert.Equal("sum, delta", RecordFields.TypeOf(series));
        Assert.Equal(series.SeriesId, RecordKey.Of(series));
    }

    [Theory]
    [InlineData(5L, "int", "5")]
    [InlineData(0.5, "double", "0.5")]
    [InlineData(double.NaN, "double", "NaN")]
    [InlineData(true, "bool", "true")]
    [InlineData("x", "string", "x")]
    [InlineData(null, "null", "null")]
    public void FieldText_Scalar_KeepsItsType(object? value, string type, string text)
    {
        Assert.Equal(type, FieldText.TypeOf(value));
        Assert.Equal(text, FieldText.Format(value));
    }

    [Fact]
    public void FieldText_NestedValue_IsJsonWithoutEscapesOfUnicode() =>
        Assert.Equal(
            "[{\"k\":\"ü <b>\"},null,\"NaN\"]",
            FieldText.Format(new object?[] { new Dictionary<string, object?> { ["k"] = "ü <b>" }, null, double.NaN }));

    private static RecordField Field(SearchRecord record, string group, string name) =>
        RecordFields.Of(record).Single(g => g.Title == group).Fields.Single(f => f.Name == name);
}
