using System.Net;
using System.Text;
using Observe.Ingest.Otlp.Decoding;
using Observe.Ingest.Wire;
using Observe.Storage.Engine;
using Observe.Storage.Results;
using Observe.Tests.Storage;

namespace Observe.Tests.Ingest.Cardinality;

/// <summary>What a sender is told to be refused, compared with what is not stored, for labels that are stored otherwise than they were sent.</summary>
public sealed class ForecastTests(EngineFixture engines)
{
    private const int Points = 60;

    private static readonly (string Key, string Value)[] Settings =
    [
        ("Observe:Ingest:Cardinality:MaxSeriesPerMetric", "40"),
        ("Observe:Ingest:Cardinality:MaxValuesPerKey", "4"),
        ("Observe:Ingest:MaxAttributeValueBytes", "64"),
        ("Observe:Ingest:MaxAttributesPerRecord", "1000"),
    ];

    /// <summary>Keys that are one and the same where they are stored, and such that only look so.</summary>
    private static readonly byte[][] Keys = [.. new[] { "user", "user#2", "user#2#3", "user#", "map.user", "" }.Select(Encoding.UTF8.GetBytes), [0x75, 0xFF], [0x75, 0xC3]];

    private ulong _time = (ulong)UnixTime.Now(TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Once the limits are reached, every process tells its senders exactly what it refuses, and refuses the same.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)] // the batch has no columns left, so that labels are stored as JSON text
    public async Task Post_LabelsOfAllForms_TellsWhatIsRefusedAlsoAfterARestart(bool isCrowded)
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        IStorageEngine engine = await engines.DatabaseAsync($"forecast_{isCrowded}");
        Action<ProtoWriter>[] labels = [.. Enumerable.Range(0, Points).Select(_ => Labels(random))];
        long? refused = null;
        for (int process = 0; process < 3; process++)
        {
            await using IngestHost host = await IngestHost.StartAsync(engine, Settings);
            (long told, long before) = await PostAsync(host, engine, labels, isCrowded);
            (long toldAgain, long again) = await PostAsync(host, engine, labels, isCrowded);

            // In the first request some come before it is known that there is a limit.
            Assert.True(told <= before, $"seed {seed}, process {process}: told {told}, refused {before}");
            Assert.True(toldAgain == again, $"seed {seed}, process {process}: told {toldAgain}, refused {again}");
            Assert.True(before == again, $"seed {seed}, process {process}: refused {before}, then {again}");
            Assert.True((refused ?? again) == again, $"seed {seed}, process {process}: refused {again}, before the restart {refused}");
            refused = again;
        }

        Assert.True(refused is > 0 and < Points, $"seed {seed}: refused {refused}");
    }

    private static Action<ProtoWriter> Labels(Random random)
    {
        byte[][] labels = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => ProtoWriter.Message(label => label.Bytes(1, random.GetItems(Keys, 1)[0]).Sub(2, Value(random))))];
        return point => Array.ForEach(labels, label => point.Bytes(7, label));
    }

    private static Action<ProtoWriter> Value(Random random)
    {
        int n = random.Next(3);
        return random.Next(12) switch
        {
            0 => v => v.Bytes(1, [.. "broken "u8, (byte)(0xF0 + n)]), // one text for all
            1 => v => v.String(1, new string('x', 64) + n), // cut, and then one text for all
            2 => v => v.String(1, new string('x', 63) + "ä" + n), // cut before the character
            3 => v => v.Bytes(7, 1, 2, (byte)n),
            4 => v => v.String(1, Convert.ToBase64String([1, 2, (byte)n])),
            5 => v => v.Varint(2, (ulong)n), // a boolean of 2 is true
            6 => v => v.Int(3, n),
            7 => v => v.Double(4, n == 0 ? double.NaN : n == 1 ? 5 : -0.0),
            8 => OtlpWriter.Map(("user", v => v.Int(3, n)), ("user", v => v.String(1, $"{n}"))),
            9 => OtlpWriter.Array(v => v.Int(3, n)),
            10 => n == 0 ? OtlpWriter.Map() : v => _ = v,
            _ => v => v.String(1, n == 0 ? "NaN" : $"value {n}"),
        };
    }

    /// <returns>How many points the sender is told to be refused, and how many are.</returns>
    private async Task<(long Told, long Refused)> PostAsync(IngestHost host, IStorageEngine engine, Action<ProtoWriter>[] labels, bool isCrowded)
    {
        ulong time = ++_time;
        long before = await RefusedAsync(engine);
        Action<ProtoWriter> crowd = metric => metric.String(1, "crowd").Sub(5, gauge =>
        {
            for (int i = 0; i < (isCrowded ? 2 : 0); i++)
            {
                gauge.Sub(1, point =>
                {
                    for (int key = 0; key < 900; key++)
                    {
                        point.Attribute(7, $"key{i}.{key}", v => v.Int(3, 1));
                    }

                    point.Fixed64(3, time).Double(4, 1);
                });
            }
        });
        Action<ProtoWriter> runaway = metric => metric.String(1, "runaway").Sub(5, gauge => Array.ForEach(labels, label => gauge.Sub(1, point =>
        {
            label(point);
            point.Fixed64(3, time).Double(4, 1);
        })));
        using var content = new ByteArrayContent(OtlpWriter.Request(crowd, runaway)) { Headers = { { "Content-Type", "application/x-protobuf" } } };
        using HttpResponseMessage response = await host.Http.PostAsync("/v1/metrics", content, Token);
        byte[] answer = await response.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (answer.Length == 0 ? 0 : Rejected(answer), await RefusedAsync(engine) - before);
    }

    private static long Rejected(byte[] answer)
    {
        var response = new WireReader(answer, "ExportMetricsServiceResponse");
        response.ReadTag();
        var partial = new WireReader(response.ReadBytes(), "ExportMetricsPartialSuccess");
        return partial.ReadTag() == 1 << 3 ? (long)partial.ReadVarint() : 0;
    }

    private static async Task<long> RefusedAsync(IStorageEngine engine)
    {
        ResultBlock rows = Assert.Single(await engine.QueryAllAsync(new SqlStatement("SELECT toInt64(sum(Points)) AS n FROM metric_refusals"), Token));
        return rows["n"].GetInt64(0);
    }
}
