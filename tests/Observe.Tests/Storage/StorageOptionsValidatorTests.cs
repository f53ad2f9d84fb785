using Microsoft.Extensions.Options;
using Observe.Storage;

namespace Observe.Tests.Storage;

public sealed class StorageOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreFine() => Assert.True(new StorageOptionsValidator().Validate(null, new StorageOptions()).Succeeded);

    [Theory]
    [InlineData("", "observe", 8, "Observe:DataDirectory")]
    [InlineData("./data", "observe; DROP", 8, "Observe:Database")]
    [InlineData("./data", "", 8, "Observe:Database")]
    [InlineData("./data", "observe", 0, "Observe:Engine:QueryConnections is 0; it must lie between 1 and 256.")]
    public void Validate_WrongSetting_IsNamed(string directory, string database, int connections, string expected)
    {
        var options = new StorageOptions { DataDirectory = directory, Database = database, Engine = new() { QueryConnections = connections } };

        ValidateOptionsResult result = new StorageOptionsValidator().Validate(null, options);

        Assert.Contains(expected, Assert.Single(result.Failures!), StringComparison.Ordinal);
    }
}
