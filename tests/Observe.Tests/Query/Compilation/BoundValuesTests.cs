using Observe.Query.Compilation.Pipeline;
using Observe.Query.Language;
using Observe.Storage.Engine;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Compilation;

public sealed class BoundValuesTests
{
    [Theory]
    [InlineData("xyzzy")]
    [InlineData("\"xyzzy '; DROP TABLE logs\"")]
    [InlineData("xyzzy*")]
    [InlineData("a=xyzzy")]
    [InlineData("a=*xyzzy")]
    [InlineData("a~xyzzy")]
    [InlineData("a>\"xyzzy\"")]
    [InlineData("a in (xyzzy, \"xyzzy'\")")]
    [InlineData("a:xyzzy")]
    [InlineData("body:xyzzy")]
    [InlineData("severity=xyzzy*")]
    [InlineData("trace_id=xyzzy*")]
    [InlineData("event.name=xyzzy")]
    [InlineData("id:xyzzy")]
    [InlineData("spans status=xyzzy*")]
    [InlineData("spans event.name=xyzzy")]
    [InlineData("scope.version=xyzzy")]
    public void Records_Value_StandsInAParameterAndNotInTheText(string query)
    {
        SqlStatement statement = Compile(query);
        Assert.DoesNotContain("xyzzy", statement.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(statement.Parameters, parameter => parameter.Text.Contains("xyzzy", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Records_AnyQuery_CarriesItsLimits()
    {
        SqlStatement statement = Compile("a or b");
        Assert.Equal(["max_execution_time", "max_memory_usage"], statement.Settings.Select(setting => setting.Key));
        Assert.Contains("LIMIT 11", statement.Text, StringComparison.Ordinal);
        Assert.Contains("Timestamp >= fromUnixTimestamp64Nano({p0:Int64}, 'UTC') AND Timestamp < fromUnixTimestamp64Nano({p1:Int64}, 'UTC') AND toStartOfFiveMinutes(Timestamp) >= ", statement.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_NameWithBacktick_IsQuoted() =>
        Assert.Contains("Attributes.`a\\`b`", Compile("`a\\`b`:*").Text, StringComparison.Ordinal);

    private static SqlStatement Compile(string query) =>
        PipelineCompiler.Compile(QueryParser.Parse(query), Seed.Range, 10, TimeProvider.System).Statement;
}
