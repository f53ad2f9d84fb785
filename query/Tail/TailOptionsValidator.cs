using System.Globalization;
using Microsoft.Extensions.Options;

namespace Observe.Query.Tail;

/// <summary>Checks the configuration, so that a wrong setting is named at the start.</summary>
internal sealed class TailOptionsValidator : IValidateOptions<TailOptions>
{
    public ValidateOptionsResult Validate(string? name, TailOptions options)
    {
        var failures = new List<string>();
        Check(nameof(options.MaxViewers), options.MaxViewers, 0, 10_000, "0 switches the live tail off");
        Check($"{nameof(options.PollInterval)} (ms)", (long)options.PollInterval.TotalMilliseconds, 50, 60_000, "write it as 00:00:00.5");
        Check(nameof(options.MaxRate), options.MaxRate, 1, 10_000, "more than that nobody reads");
        Check($"{nameof(options.Heartbeat)} (ms)", (long)options.Heartbeat.TotalMilliseconds, 100, 600_000, "write it as 00:00:15");
        Check($"{nameof(options.WriteTimeout)} (ms)", (long)options.WriteTimeout.TotalMilliseconds, 100, 600_000, "write it as 00:00:30");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(string setting, long value, long min, long max, string hint)
        {
            if (value < min || value > max)
            {
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"{TailOptions.Section}:{setting} is {value}; it must lie between {min} and {max} ({hint})."));
            }
        }
    }
}
