using System.Runtime.InteropServices;
using System.Text;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Selection;
using Observe.Storage.Results;

namespace Observe.Tests.Query.PromQL.Selection;

public sealed class SeriesScanTests
{
    private static readonly ulong[] Wanted = [3, 5, 8, ulong.MaxValue];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Build_RunsInAnyOrder_GivesEachSeriesItsSamplesInTheOrderOfTime(int seed)
    {
        List<Row> rows = Rows(seed);
        using var memory = new SampleMemory();
        using var scan = new SampleScan(Range(isLatestOnly: false), memory);
        Show(rows, scan, seed);

        Samples<double>[] samples = scan.Build();

        for (int place = 0; place < Wanted.Length; place++)
        {
            (long, double)[] expected = [.. rows.Where(row => row.Id == Wanted[place]).GroupBy(row => row.Time).OrderBy(group => group.Key).Select(group => (group.Key * 1_000_000, group.Last().Value))];
            Assert.Equal(expected, samples[place].Times.ToArray().Zip(samples[place].Values.ToArray()));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Build_LatestOnly_GivesEachSeriesItsLastSample(int seed)
    {
        List<Row> rows = Rows(seed);
        using var memory = new SampleMemory();
        using var scan = new LatestScan(Range(isLatestOnly: true), memory);
        Show(rows, scan, seed);

        Samples<double>[] samples = scan.Build();

        for (int place = 0; place < Wanted.Length; place++)
        {
            IEnumerable<(long, double)> expected = rows.Where(row => row.Id == Wanted[place])
                .GroupBy(row => row.Time).OrderBy(group => group.Key).TakeLast(1).Select(group => (group.Key * 1_000_000, group.Last().Value));
            Assert.Equal(expected, samples[place].Times.ToArray().Zip(samples[place].Values.ToArray()));
        }
    }

    [Fact]
    public void Build_MoreThanAChunk_KeepsAll()
    {
        // Runs as the engine reads them: stretches of a thousand samples of each series, and one that is longer than a chunk.
        const int Stretches = 400, Length = 1_000;
        using var memory = new SampleMemory();
        using var scan = new SampleScan(Range(isLatestOnly: false), memory);
        for (int stretch = Stretches - 1; stretch >= 0; stretch--)
        {
            Row[] rows = [.. Wanted[..3].SelectMany(id => Enumerable.Range(stretch * Length, Length).Select(time => new Row(id, time, (id * 1e6) + time)))];
            Show(rows, scan);
        }

        Show([.. Enumerable.Range(0, Stretches * Length).Select(time => new Row(ulong.MaxValue, time, time))], scan);

        Samples<double>[] samples = scan.Build();

        for (int place = 0; place < Wanted.Length; place++)
        {
            Assert.Equal(Enumerable.Range(0, Stretches * Length).Select(time => time * 1_000_000L), samples[place].Times.ToArray());
            double first = place < 3 ? Wanted[place] * 1e6 : 0;
            Assert.Equal(Enumerable.Range(0, Stretches * Length).Select(time => first + time), samples[place].Values.ToArray());
        }
    }

    [Fact]
    public void Add_MoreThanAnEvaluationMayHave_SaysWhatToDo()
    {
        using var memory = new SampleMemory();
        Assert.True(memory.TryCount(SampleMemory.MaxSamples - 3));
        using var scan = new SampleScan(Range(isLatestOnly: false), memory);
        Row[] rows = [new(3, 1, 1), new(3, 2, 1), new(3, 3, 1)];
        Show(rows, scan);

        var exception = Assert.Throws<TooManySamplesException>(() => Show([new Row(3, 4, 1)], scan));

        Assert.Contains("of m in ", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("select fewer series, or a shorter range.", exception.Message, StringComparison.Ordinal);
    }

    private static PointRange Range(bool isLatestOnly) => new("m", Wanted, IsAll: false, new SampleRange(0, long.MaxValue, isLatestOnly));

    /// <summary>Wanted series and others, some times more than once, some runs within the others' time.</summary>
    private static List<Row> Rows(int seed)
    {
        var random = new Random(seed);
        var rows = new List<Row>();
        int stretches = random.Next(1, 8);
        foreach (int stretch in Enumerable.Range(0, stretches).OrderBy(_ => random.Next()))
        {
            for (ulong id = 1; id < 10; id++)
            {
                ulong series = id == 9 ? ulong.MaxValue : id;
                long time = (stretch * 60) + (random.Next(6) == 0 ? -20 : 0);
                int count = random.Next(5);
                for (int i = 0; i < count; i++, time += random.Next(8) == 0 ? 0 : random.Next(1, 15))
                {
                    rows.Add(new Row(series, Math.Max(0, time), random.Next(1_000)));
                }
            }
        }

        return rows;
    }

    private static void Show(List<Row> rows, SeriesScan scan, int seed)
    {
        var random = new Random(seed);
        for (int start = 0, count; start < rows.Count; start += count)
        {
            count = Math.Min(rows.Count - start, random.Next(1, 12));
            Show(CollectionsMarshal.AsSpan(rows).Slice(start, count), scan);
        }
    }

    /// <summary>Shows rows as a block of the Native format.</summary>
    private static void Show(ReadOnlySpan<Row> rows, SeriesScan scan)
    {
        var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write7BitEncodedInt(3);
            writer.Write7BitEncodedInt(rows.Length);
            Column(writer, "SeriesId", "UInt64", rows, static (writer, row) => writer.Write(row.Id));
            Column(writer, "Milliseconds", "Int64", rows, static (writer, row) => writer.Write(row.Time));
            Column(writer, "Number", "Float64", rows, static (writer, row) => writer.Write(row.Value));
        }

        var reader = new NativeReader(bytes.ToArray());
        scan.Add(NumberBlock.Read(ref reader, bytes.ToArray()));
        Assert.True(reader.AtEnd);
    }

    private static void Column(BinaryWriter writer, string name, string type, ReadOnlySpan<Row> rows, Action<BinaryWriter, Row> write)
    {
        writer.Write(name);
        writer.Write(type);
        foreach (Row row in rows)
        {
            write(writer, row);
        }
    }

    private readonly record struct Row(ulong Id, long Time, double Value);
}
