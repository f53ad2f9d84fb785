using Observe.Query.PromQL.Language;
using Observe.Tests.Query.Cases;

namespace Observe.Tests.Query.PromQL.Language;

public sealed class PromQLFunctionsTests
{
    public static TheoryData<string, string> Functions => CaseFile.Read("PromQL/functions.txt");

    [Theory]
    [MemberData(nameof(Functions))]
    public void Find_Function_HasItsTypes(string name, string types)
    {
        PromQLFunction? function = PromQLFunctions.Find(name);
        Assert.NotNull(function);
        var parameters = function.Parameters.Select((parameter, i) =>
            parameter.Default is not null ? $"[{Letter(parameter.Type)}]" : Letter(parameter.Type) + (function.IsVariadic && i == function.Parameters.Count - 1 ? "…" : ""));
        Assert.Equal(types, $"{Letter(function.ReturnType)} ({string.Join(", ", parameters)})");
    }

    [Fact]
    public void All_Functions_AreInTheTable() => Assert.Equal(Functions.Select(row => row.Data.Item1).Order(), PromQLFunctions.All.Select(function => function.Name).Order());

    [Fact]
    public void Parameter_LeftOut_HasADefault()
    {
        Assert.Equal("vector(time())", PromQLPrinter.Print(PromQLFunctions.Find("hour")!.Parameters[0].Default!));
        Assert.Equal("1", PromQLPrinter.Print(PromQLFunctions.Find("round")!.Parameters[1].Default!));
    }

    [Theory]
    [InlineData("double_exponential_smoothing(x[5m], 0.5, 0.5)")]
    [InlineData("end()")]
    [InlineData("histogram_quantiles(x, \"q\", 0.5)")]
    [InlineData("info(x)")]
    [InlineData("limitk(5, x)")]
    [InlineData("limit_ratio by (job) (0.5, x)")]
    [InlineData("mad_over_time(x[5m])")]
    [InlineData("max_of(1, 2)")]
    [InlineData("min_of(1, 2)")]
    [InlineData("range()")]
    [InlineData("sort_by_label(x, \"job\")")]
    [InlineData("sort_by_label_desc(x, \"job\")")]
    [InlineData("start()")]
    [InlineData("start_timestamp(x)")]
    [InlineData("step()")]
    [InlineData("ts_of_first_over_time(x[5m])")]
    [InlineData("ts_of_last_over_time(x[5m])")]
    [InlineData("ts_of_max_over_time(x[5m])")]
    [InlineData("ts_of_min_over_time(x[5m])")]
    public void Parse_ExperimentalFunction_IsRefusedAsSuch(string query)
    {
        string name = query[..query.IndexOfAny(['(', ' '])];
        Assert.Equal($"{name} is experimental in Prometheus and not supported.", Assert.Throws<PromQLException>(() => PromQLParser.Parse(query)).Message);
    }

    private static string Letter(ExpressionType type) => type switch
    {
        ExpressionType.Scalar => "s",
        ExpressionType.InstantVector => "v",
        ExpressionType.RangeVector => "r",
        _ => "t",
    };
}
