using Observe.Tests.Ingest;

namespace Observe.Tests.Process;

/// <summary>Requests whose records carry the run, the connection and a number of their own, so that each can be found again.</summary>
internal static class CountedRequests
{
    public const string Run = "load.run";
    public const string Connection = "load.connection";
    public const string Record = "load.record";

    /// <summary>Data points of a metric request for each number: one of each kind.</summary>
    public const int PointKinds = 4;

    private const int Cumulative = 2;

    private const ulong NanosecondsPerDay = 86_400_000_000_000;

    /// <param name="first">The number of the first record; the others follow.</param>
    /// <param name="textLength">How long each record's text is.</param>
    /// <param name="days">Over how many days the records spread: the engine stores each day apart, which makes it slow.</param>
    public static byte[] Logs(string run, int connection, long first, int count, int textLength, int days)
    {
        ulong time = Now();
        string text = new('x', textLength);
        return OtlpWriter.Request("counted", [.. Numbers(first, count).Select(number => (Action<ProtoWriter>)(record => record
            .Fixed64(1, At(time, number, days)).Varint(2, 9).Sub(5, body => body.String(1, text))
            .Attribute(6, Run, v => v.String(1, run)).Attribute(6, Connection, v => v.Int(3, connection)).Attribute(6, Record, v => v.Int(3, number))))]);
    }

    /// <inheritdoc cref="Logs"/>
    public static byte[] Spans(string run, int connection, long first, int count, int textLength, int days)
    {
        ulong time = Now();
        string text = new('x', textLength);
        return OtlpWriter.Request("counted", [.. Numbers(first, count).Select(number => (Action<ProtoWriter>)(span => span
            .Bytes(1, Id(16, connection, first)).Bytes(2, Id(8, connection, number)).String(5, "work")
            .Fixed64(7, At(time, number, days)).Fixed64(8, At(time, number, days) + 5)
            .Attribute(9, Run, v => v.String(1, run)).Attribute(9, Connection, v => v.Int(3, connection)).Attribute(9, Record, v => v.Int(3, number))
            .Attribute(9, "text", v => v.String(1, text))))]);
    }

    /// <summary>
    /// For each number a point of a gauge with an exemplar, of a histogram, of an exponential histogram and of a summary: five tables. A
    /// connection has one series of each, the numbers are values.
    /// </summary>
    public static byte[] Metrics(string run, int connection, long first, int count, int days)
    {
        ulong time = Now();
        Action<ProtoWriter> Metric(string name, int field, int attributes, bool hasTemporality, Action<ProtoWriter, long> fill) => metric => metric
            .String(1, name).Sub(field, data =>
            {
                foreach (long number in Numbers(first, count))
                {
                    data.Sub(1, point =>
                    {
                        point.Attribute(attributes, Run, v => v.String(1, run)).Attribute(attributes, Connection, v => v.Int(3, connection))
                            .Fixed64(3, At(time, number, days));
                        fill(point, number);
                    });
                }

                if (hasTemporality)
                {
                    data.Varint(2, Cumulative);
                }
            });

        return OtlpWriter.Request(
            "counted",
            Metric("counted.gauge", 5, 7, false, (point, number) => point
                .Double(4, number).Sub(5, exemplar => exemplar.Fixed64(2, At(time, number, days)).Double(3, number))),
            Metric("counted.histogram", 9, 9, true, (point, number) => point.Fixed64(4, (ulong)number).Double(5, 1)),
            Metric("counted.exponential", 10, 1, true, (point, number) => point.Fixed64(4, (ulong)number).Double(5, 1)),
            Metric("counted.summary", 11, 7, false, (point, number) => point.Fixed64(4, (ulong)number).Double(5, 1)));
    }

    private static IEnumerable<long> Numbers(long first, int count) => Enumerable.Range(0, count).Select(i => first + i);

    private static byte[] Id(int length, int connection, long number)
    {
        byte[] id = new byte[length];
        id[0] = (byte)(connection + 1);
        BitConverter.TryWriteBytes(id.AsSpan(length - sizeof(int)), (int)number);
        return id;
    }

    private static ulong At(ulong time, long number, int days) => time - ((ulong)(number % days) * NanosecondsPerDay) + (ulong)number;

    private static ulong Now() => (ulong)(TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
