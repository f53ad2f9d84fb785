using Observe.Tests.Hosting;

namespace Observe.Tests.Process;

/// <summary>A load of numbered logs, spans and data points from senders that send again until they are acknowledged, whatever becomes of the process.</summary>
internal sealed class CountedLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _cancelled = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly CountedConnection[] _connections;
    private readonly Task _sending;
    private volatile ObserveProcess? _observe;

    /// <summary>Begins; nothing is sent until there is a process to send to.</summary>
    /// <param name="days">Over how many days the records of a request spread; many make the engine slow.</param>
    public CountedLoad(string run, int seed, int connectionsPerSignal = 2, int days = 1)
    {
        Run = run;
        CountedSignal[] signals = Enum.GetValues<CountedSignal>();
        _connections = [.. Enumerable.Range(0, connectionsPerSignal * signals.Length).Select(
            number => new CountedConnection(run, number, signals[number % signals.Length], seed + number, days))];
        _sending = Task.WhenAll(_connections.Select(
            connection => Task.Run(() => connection.RunAsync(() => _observe?.OtlpHttpIfKnown, _ended.Token, _cancelled.Token))));
    }

    /// <summary>Every record has it.</summary>
    public string Run { get; }

    public IReadOnlyList<CountedConnection> Connections => _connections;

    /// <summary>Requests that were acknowledged.</summary>
    public long Acknowledged => _connections.Sum(connection => connection.Acknowledged);

    /// <summary>Sends to this process from now on.</summary>
    public void SendTo(ObserveProcess observe) => _observe = observe;

    /// <summary>Waits until so many more requests are acknowledged.</summary>
    public async Task UntilAcknowledgedAsync(int more)
    {
        long enough = Acknowledged + more;
        await Eventually.TrueAsync(
            $"{enough} requests are acknowledged",
            () => Acknowledged >= enough || _sending.IsFaulted || _observe is { HasEnded: true });
        if (_sending.IsFaulted)
        {
            await _sending;
        }

        Assert.True(Acknowledged >= enough, $"Observe ended by itself. {_observe!.Said}");
    }

    /// <summary>Ends when everything that was ever sent is acknowledged.</summary>
    public async Task EndAsync()
    {
        await _ended.CancelAsync();
        await _sending;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _cancelled.CancelAsync();
        await Task.WhenAny(_sending);
        _ended.Dispose();
        _cancelled.Dispose();
    }
}
