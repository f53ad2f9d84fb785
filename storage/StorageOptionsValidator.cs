using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Observe.Storage;

/// <summary>Refuses settings with which storage could not work; the messages name the setting and what it may be.</summary>
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            failures.Add("Observe:DataDirectory is empty; name the directory that is to hold the data.");
        }

        if (!DatabaseName().IsMatch(options.Database))
        {
            failures.Add($"Observe:Database is \"{options.Database}\"; it must be a letter followed by letters, digits or underscores.");
        }

        EngineOptions engine = options.Engine;
        Range(nameof(engine.QueryConnections), engine.QueryConnections, 1, 256);
        Range(nameof(engine.InsertConnections), engine.InsertConnections, 1, 64);
        Range(nameof(engine.UserSqlConnections), engine.UserSqlConnections, 1, 64);
        Range($"{nameof(engine.CloseGrace)} (ms)", (long)engine.CloseGrace.TotalMilliseconds, 1, 600_000);
        Range(nameof(engine.UserSqlSeconds), engine.UserSqlSeconds, 1, 3_600);
        Range(nameof(engine.UserSqlMemory), engine.UserSqlMemory, 16L << 20, 1L << 40);
        Range(nameof(engine.UserSqlRows), engine.UserSqlRows, 1, 10_000_000);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Range(string setting, long value, long least, long most)
        {
            if (value < least || value > most)
            {
                failures.Add(string.Create(
                    CultureInfo.InvariantCulture, $"Observe:Engine:{setting} is {value}; it must lie between {least} and {most}."));
            }
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$")]
    private static partial Regex DatabaseName();
}
