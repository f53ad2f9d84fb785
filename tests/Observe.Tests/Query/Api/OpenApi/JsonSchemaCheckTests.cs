using System.Text.Json;

namespace Observe.Tests.Query.Api.OpenApi;

/// <summary>What the other tests rely on finds what is wrong.</summary>
public sealed class JsonSchemaCheckTests
{
    private const string Document = """{"components":{"schemas":{"Name":{"type":"string"}}}}""";

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}""", """{"a":1}""", null)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}""", "{}", "$ has no a")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"}}}""", """{"b":1}""", "$.b is not declared")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"}}}""", """{"a":1.5}""", "$.a is a Number, not integer")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"}}""", """{"b":1}""", "$.b is a Number, not string")]
    [InlineData("""{"type":"array","items":{"$ref":"#/components/schemas/Name"}}""", """["a",null]""", "$[1] is a Null, not string")]
    [InlineData("""{"type":["string","null"],"format":"date-time"}""", "null", null)]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2026-01-02 03:04\"", "$ is \"2026-01-02 03:04\"")]
    [InlineData("""{"type":"string","enum":["a","b"]}""", "\"c\"", "$ is c, which is not in the enum")]
    [InlineData("""{"type":"integer","minimum":0}""", "-1", "$ is -1")]
    [InlineData("""{"type":"integer","maximum":5}""", "6", "$ is 6")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1", "$ is none of those: $ is a Number, not string; $ is a Number, not null")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "null", null)]
    public void Errors_OfAValue_AreThese(string schema, string value, string? error) =>
        Assert.Equal(error is null ? [] : [error], new JsonSchemaCheck(JsonElement.Parse(Document)).Errors(JsonElement.Parse(schema), JsonElement.Parse(value)));

    [Fact]
    public void Errors_UnknownKeyword_IsNotPassedOver() => Assert.Throws<NotSupportedException>(
        () => new JsonSchemaCheck(JsonElement.Parse(Document)).Errors(JsonElement.Parse("""{"multipleOf":2}"""), JsonElement.Parse("1")));
}
