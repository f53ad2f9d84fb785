using Observe.Bench.Otlp;
using Observe.Bench.Sending;
using Observe.Bench.Shop;

namespace Observe.Bench.Load;

/// <summary>One connection: makes a request, sends it, waits for the answer, sends it again where OTLP says so.</summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly LoadOptions _options;
    private readonly LoadSchedule _schedule;
    private readonly TimeProvider _time;
    private readonly IExportSender _sender;
    private readonly RetryPolicy _retries;
    private readonly Dictionary<ExportSignal, IRequestEncoder> _encoders;
    private readonly WireBuffer _buffer = new();
    private ShopRandom _jitter;

    public LoadConnection(LoadOptions options, ShopModel model, LoadSchedule schedule, int number, TimeProvider time)
    {
        _options = options;
        _schedule = schedule;
        _time = time;
        _retries = new RetryPolicy(options.RetryFor);
        _jitter = new ShopRandom((ulong)options.Seed, (ulong)number);
        long end = (options.End - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        var clock = new TrafficClock(end - (options.TimeSpan.Ticks * TimeSpan.NanosecondsPerTick), end, options.Blocks);
        _encoders = options.Signals.ToDictionary(signal => signal, IRequestEncoder (signal) => signal switch
        {
            ExportSignal.Logs => new LogsEncoder(model, clock),
            ExportSignal.Spans => new SpansEncoder(model, clock),
            _ => new MetricsEncoder(model, clock, options.Batch, options.Records),
        });
        _sender = options.Protocol switch
        {
            LoadProtocol.Http => new HttpExportSender(options.Endpoint, options.Gzip, options.Key),
            LoadProtocol.Grpc => new GrpcExportSender(options.Endpoint, options.Gzip, options.Key),
            _ => new NullExportSender(),
        };
    }

    public LoadCounts Counts { get; } = new();

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (_schedule.TryTake(out ExportSignal signal, out long block, out TimeSpan due))
        {
            _buffer.Clear();
            int records = _options.RecordsOf(block);
            _encoders[signal].Encode(_buffer, block, records);
            if (_options.Rate > 0)
            {
                Counts.Lateness.Add(await _schedule.WaitAsync(due, cancellation));
            }

            await ExportAsync(signal, records, cancellation);
        }
    }

    public void Dispose() => _sender.Dispose();

    private async Task ExportAsync(ExportSignal signal, int records, CancellationToken cancellation)
    {
        Counts.Requests++;
        Counts.Bytes += _buffer.Length;
        long started = _time.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            ExportReply reply = await _sender.SendAsync(signal, _buffer.Written, cancellation);
            TimeSpan elapsed = _time.GetElapsedTime(started);
            Counts.Say(reply.Message);
            if (reply.Outcome == ExportOutcome.Accepted)
            {
                Counts.Acknowledgements.Add(elapsed);
                Counts.Acknowledged += records - reply.Rejected;
                Counts.Rejected += reply.Rejected;
                return;
            }

            if (reply.Outcome == ExportOutcome.Failed
                || !_retries.TryNext(attempt, elapsed, reply.RetryAfter, _jitter.Fraction(), out TimeSpan delay))
            {
                Counts.Failed += records;
                return;
            }

            Counts.Retries++;
            await Task.Delay(delay, _time, cancellation);
        }
    }
}
