using Observe.Query.Language;

namespace Observe.Tests.Query.Language;

public sealed class QueryEditorTests
{
    [Theory]
    [InlineData("", "user.id", "u1", "user.id=u1")]
    [InlineData("*", "user.id", "u1", "user.id=u1")]
    [InlineData("timeout", "user.id", "u1", "timeout user.id=u1")]
    [InlineData("spans", "name", "GET /x", "spans name=\"GET /x\"")]
    [InlineData("spans a or b", "name", "x", "spans (a or b) name=x")]
    [InlineData("(a or b)", "name", "x", "(a or b) name=x")]
    [InlineData("(a) or (b)", "name", "x", "((a) or (b)) name=x")]
    [InlineData("a (b or c)", "name", "x", "a (b or c) name=x")]
    [InlineData("user.id=u1", "user.id", "u1", "user.id=u1")]
    [InlineData("user.id=\"u1\" x", "user.id", "u1", "user.id=\"u1\" x")]
    [InlineData("user.id!=u1 x", "user.id", "u1", "x user.id=u1")]
    [InlineData("x", "odd name", "a*b", "x `odd name`=\"a*b\"")]
    [InlineData("x", "attr.y", "", "x `attr.y`=\"\"")]
    [InlineData("x | stats count() by y|limit 5", "name", "v", "x name=v | stats count() by y|limit 5")]
    [InlineData("| limit 5", "name", "v", "name=v | limit 5")]
    public void Include_Query_HasTheFilterOnce(string query, string field, string value, string expected) =>
        Assert.Equal(expected, QueryEditor.Include(query, field, value));

    [Theory]
    [InlineData("", "n", 5L, "n!=5")]
    [InlineData("", "n", 2.5, "n!=2.5")]
    [InlineData("", "n", true, "n!=true")]
    [InlineData("n=5", "n", 5L, "n!=5")]
    [InlineData("n!=5", "n", 5L, "n!=5")]
    public void Exclude_Query_HasTheOppositeFilter(string query, string field, object value, string expected) =>
        Assert.Equal(expected, QueryEditor.Exclude(query, field, value));

    [Fact]
    public void Include_Place_StandsBeforeTheName() =>
        Assert.Equal("resource.`host name`=a", QueryEditor.Include("", "host name", "a", FieldPlace.Resource));

    [Fact]
    public void Include_WrongQuery_Throws() => Assert.Throws<QuerySyntaxException>(() => QueryEditor.Include("(a", "b", "c"));
}
