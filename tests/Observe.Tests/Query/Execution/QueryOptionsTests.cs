using Microsoft.Extensions.Options;
using Observe.Query.Execution;
using Observe.Storage;

namespace Observe.Tests.Query.Execution;

public sealed class QueryOptionsTests
{
    [Fact]
    public void Defaults_AreValid() => Assert.Null(Validate(_ => { }));

    [Fact]
    public void MoreQuestionsThanConnections_NamesBothSettings() => Assert.Equal(
        "Observe:Query:MaxConcurrentQueries is 14; it must lie between 0 and 13 (questions). Observe:Engine:QueryConnections (16) must be 3 more.",
        Validate(options => options.MaxConcurrentQueries = 14));

    [Fact]
    public void Time_OutOfRange_NamesItsUnit() => Assert.Equal(
        "Observe:Query:MaxExecutionTime is 00:00:00.5000000; it must lie between 00:00:01 and 01:00:00 (hours:minutes:seconds).",
        Validate(options => options.MaxExecutionTime = TimeSpan.FromSeconds(0.5)));

    [Fact]
    public void Memory_TooLittle_NamesItsUnit() => Assert.Equal(
        "Observe:Query:MaxMemory is 1000; it must lie between 67108864 and 1099511627776 (bytes).",
        Validate(options => options.MaxMemory = 1000));

    [Fact]
    public void MemoryInAll_LessThanThePlacesNeed_SaysHowMuch() => Assert.Equal(
        "Observe:Query:MaxMemoryInAll is 1073741824; it must lie between 1476395008 and 17592186044416 (bytes, or 0). " +
        "One question must have MaxMemory, and the other MaxConcurrentQueries a quarter of it each.",
        Validate(options =>
        {
            options.MaxConcurrentQueries = 8;
            options.MaxMemoryInAll = 1L << 30;
        }));

    private static string? Validate(Action<QueryOptions> change)
    {
        var options = new QueryOptions();
        change(options);
        ValidateOptionsResult result = new QueryOptionsValidator(Options.Create(new StorageOptions())).Validate(null, options);
        return result.FailureMessage;
    }
}
