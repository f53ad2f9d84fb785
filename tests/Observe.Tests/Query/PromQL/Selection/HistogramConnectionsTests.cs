using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Observe.Query;
using Observe.Query.PromQL;
using Observe.Query.PromQL.Evaluation;
using Observe.Storage;
using Observe.Storage.Engine;
using Observe.Storage.Engine.Embedded;
using Observe.Storage.Schema;
using Observe.Tests.Ingest;
using Observe.Tests.Query.Correlation;
using Observe.Tests.Storage;
using static Observe.Tests.Query.PromQL.Selection.MetricMessages;

namespace Observe.Tests.Query.PromQL.Selection;

/// <summary>Histograms need their points and the bounds of their buckets, by statements of their own, and there may be fewer connections than questions.</summary>
public sealed class HistogramConnectionsTests(EngineFixture engines)
{
    private const int Connections = 4;
    private const int Histograms = 24;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "sum(h_{0}_bucket)")]
    [InlineData("_native", "histogram_count(h_{0})")]
    public async Task Ask_ManyHistogramsAtOnceWhoseBoundsAreNotKnown_AllAreAnswered(string database, string query)
    {
        var storage = new StorageOptions { DataDirectory = "unused", Database = $"histogram_connections{database}", Engine = new() { QueryConnections = Connections } };
        await using EmbeddedEngine engine = await engines.OpenAsync(storage);
        await new Migrator(engine, NullLogger<Migrator>.Instance).MigrateAsync(Token);
        await MetricSeed.InsertAsync(engine, Request([("service.name", "shop")], [.. Enumerable.Range(0, Histograms).Select(Histogram)]));
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IStorageEngine>(engine)
            .AddLogging()
            .Configure<StorageOptions>(options => options.Engine = storage.Engine)
            .AddObserveQuery(new ConfigurationBuilder().Build())
            .BuildServiceProvider();
        var service = services.GetRequiredService<IPromQLService>();

        // The sides of each operator are read at once, and so are all questions.
        string sum = string.Join(" + on() ", Enumerable.Range(0, Histograms).Select(number => string.Format(CultureInfo.InvariantCulture, query, number)));
        PromQLAnswer[] answers = await Task
            .WhenAll(Enumerable.Range(0, 8).Select(_ => service.InstantAsync(sum, (long)Arrivals.Base, null, Token)))
            .WaitAsync(Patience, Token);
        Assert.All(answers, answer => Assert.Single(((VectorValue)answer.Value!).Series));
    }

    /// <summary>With bounds that no other has.</summary>
    private static Action<ProtoWriter> Histogram(int number) => metric => metric.String(1, $"h_{number}").Sub(9, histogram => histogram
        .Sub(1, point => point.Fixed64(3, Arrivals.Base).Fixed64(4, 2).Double(5, 1).Fixed64(6, 1).Fixed64(6, 1).Double(7, number + 1)).Varint(2, 2));
}
