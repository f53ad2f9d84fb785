using System.Diagnostics;

namespace Observe.Tests.Hosting;

/// <summary>Waits for conditions that another process brings about.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>For conditions within the test's own process, which are cheap to look at.</summary>
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(2);

    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);

    /// <summary>Looks until the condition holds.</summary>
    /// <param name="what">What is waited for, for the message of a failure.</param>
    public static async Task TrueAsync(string what, Func<bool> holds, TimeSpan? limit = null)
    {
        long started = Stopwatch.GetTimestamp();
        while (!holds())
        {
            if (Stopwatch.GetElapsedTime(started) > (limit ?? DefaultLimit))
            {
                throw new TimeoutException($"Waited {(limit ?? DefaultLimit).TotalSeconds:N0} s in vain until {what}.");
            }

            await Task.Delay(ShortPause, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Asks until the answer is not null.</summary>
    /// <param name="what">What is waited for, for the message of a failure.</param>
    public static async Task<T> GetAsync<T>(string what, Func<Task<T?>> ask, TimeSpan limit)
        where T : class
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"Waited {limit.TotalSeconds:N0} s in vain for: {what}.");
            }

            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }
}
