using Microsoft.Extensions.DependencyInjection;
using Observe.Storage.Engine;
using Observe.Storage.Results;
using Observe.Tests.Hosting;
using Observe.Tests.Process;
using Observe.Tests.Storage;

namespace Observe.Tests.Ingest.Outage;

/// <summary>The engine refuses every insert for a minute under load: senders do not notice, and nothing is lost or stored twice.</summary>
public sealed class OutageTests(EngineFixture fixture)
{
    private const int Factor = 20;

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A minute for all that waits: delays pass twenty times as fast.</summary>
    [Fact]
    public Task Engine_AwayForAMinute_EveryRecordIsStoredOnce() => RunAsync("outage_fast", new FasterTime(Factor), connections: 2);

    /// <summary>The same on the real clock and with more senders, for the figures: run it with <c>-explicit only -showLiveOutput</c>.</summary>
    [Fact(Explicit = true)]
    public Task Engine_AwayForARealMinute_EveryRecordIsStoredOnce() => RunAsync("outage_real", TimeProvider.System, connections: 4);

    private async Task RunAsync(string database, TimeProvider time, int connections)
    {
        var engine = new RefusingEngine(await fixture.DatabaseAsync(database));
        await using IngestHost host = await IngestHost.StartJournalAsync(engine, services => services.AddSingleton(time));
        string address = host.Http.BaseAddress!.ToString();
        using var ended = new CancellationTokenSource();
        CountedSignal[] signals = Enum.GetValues<CountedSignal>();
        CountedConnection[] senders = [.. Enumerable.Range(0, connections * signals.Length).Select(
            number => new CountedConnection(database, number, signals[number % signals.Length], seed: number))];
        Task sending = Task.WhenAll(senders.Select(sender => Task.Run(() => sender.RunAsync(() => address, ended.Token, Cancellation))));
        long Acknowledged() => senders.Sum(sender => sender.Acknowledged);
        await Eventually.TrueAsync("the engine has stored something", () => Acknowledged() >= 50 || sending.IsFaulted);

        engine.IsAway = true;
        long before = Acknowledged();
        long started = time.GetTimestamp();
        await Eventually.TrueAsync("a minute is over", () => time.GetElapsedTime(started) >= Outage || sending.IsFaulted, Outage * 2);
        long during = Acknowledged() - before;
        (long records, long bytes) = host.Pipelines.Signals.SelectMany(signal => signal.Journal.Waiting.All()).Aggregate(
            (Records: 0L, Bytes: 0L), (sum, sender) => (sum.Records + sender.Records, sum.Bytes + sender.Bytes));
        Assert.True(engine.Refused >= 3 * 5, $"{engine.Refused} inserts were refused.");
        Assert.True(during > 0, "Nothing was acknowledged during the outage.");
        Assert.True(records > 0, "Nothing waited at the end of the outage.");
        Assert.All(senders, sender => Assert.Equal(0, sender.Refusals));

        engine.IsAway = false;
        long back = time.GetTimestamp();
        await Eventually.TrueAsync("what waited is stored", () => host.Pipelines.Signals.All(signal => signal.Pipeline.Failure is null));
        await ended.CancelAsync();
        await sending;
        await host.DrainAsync();
        TimeSpan drained = time.GetElapsedTime(back);

        foreach (CountedSignal signal in signals)
        {
            await VerifyAsync(engine, senders.Where(sender => sender.Signal == signal).ToArray(), signal, database);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{during} requests acknowledged during the outage, {engine.Refused} inserts refused; at its end {records} records with {bytes} bytes waited; "
            + $"stored {drained.TotalSeconds:0.0} s later, sending went on; peak RSS {System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB.");
    }

    private static async Task VerifyAsync(IStorageEngine engine, CountedConnection[] senders, CountedSignal signal, string run)
    {
        foreach (CountedTable table in CountedTable.All.Where(table => table.Signal == signal))
        {
            ResultBlock rows = Assert.Single(await engine.QueryAllAsync(
                new SqlStatement(
                    $"SELECT connection, toInt64(count()) AS rows, toInt64(uniqExact(number)) AS numbers, min(number) AS first, max(number) AS last "
                    + $"FROM ({table.Numbers(run)}) GROUP BY connection"),
                Cancellation));
            Assert.Equal(senders.Length, rows.RowCount);
            for (int row = 0; row < rows.RowCount; row++)
            {
                long sent = senders.Single(sender => sender.Number == rows["connection"].GetInt64(row)).Records;
                string[] columns = ["rows", "numbers", "first", "last"];
                Assert.Equal([sent, sent, 1, sent], columns.Select(column => rows[column].GetInt64(row)));
            }
        }
    }
}
