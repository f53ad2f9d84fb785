using Observe.Query.Search;

namespace Observe.Tests.Query.Differential.Data;

/// <summary>A data set: logs and spans of a few services over three days, the same for the same seed.</summary>
internal sealed class RandomRecords
{
    public const long Second = 1_000_000_000;

    /// <summary>2026-01-02T22:30:00Z; most records lie within three hours of it, over midnight.</summary>
    public const long Base = 1_767_393_000 * Second;

    private static readonly string[] SeverityTexts =
        ["", "", "ERROR", "Error", "err", "Critical", "WARN", "warning", "info", "Information", "custom", "debug2", "TRACE", "fatal4", "İnfo"];

    private static readonly string[] SpanNames = ["GET /orders", "GET /orders", "SELECT orders", "poll queue", "", "Öffnet STRASSE", "time-out", "timed out 5 of 7", "a*b"];

    private static readonly long[] Durations =
        [0, 1, 999, 1000, 250 * 1_000_000, 250 * 1_000_000, (250 * 1_000_000) + 1, Second, 2 * Second, -5_000_000, 3600 * Second, 123_456_789];

    private readonly Random _random;
    private readonly List<TestOrigin> _origins = [];
    private readonly List<string> _traceIds = [];
    private readonly List<long> _times = [];
    private uint _number;

    private RandomRecords(int seed) => _random = new Random(seed);

    public static IReadOnlyList<TestRecord> Create(int seed, int logs, int spans)
    {
        var records = new RandomRecords(seed);
        records._origins.AddRange(Origins());
        var all = new List<TestRecord>();
        while (all.Count < spans)
        {
            all.AddRange(records.Trace());
        }

        for (int i = 0; i < logs; i++)
        {
            all.Add(records.Log());
        }

        return all;
    }

    private static IEnumerable<TestOrigin> Origins()
    {
        yield return new("checkout", TestMap.Of(("host.name", "h1"), ("size", 5.5), ("shard", 3L), ("done", true), ("replicas", 3L), ("zone", "a")), "lib", "1.0", TestMap.Of(("team", "core")));
        yield return new("checkout", TestMap.Of(("host.name", "h2"), ("replicas", "3"), ("size", 250.0), ("shard", (1L << 53) + 1), ("zone", 5L)), "lib", "1.1", TestMap.Of(("team", "core")));
        yield return new("cart", TestMap.Of(("host.name", "h2"), ("user.id", "owner"), ("count", "many"), ("labels", "red"), ("mixed", 5L), ("zone", new object?[] { "a", "b" })), "auth", "2.0", TestMap.Of(("team", "login"), ("n", 5L)));
        yield return new("Größe", TestMap.Of(("host.name", "H1"), ("mixed", "red"), ("n", 7L)), "", "", TestMap.Of());
        yield return new(null, TestMap.Of(("zone", null), ("text", "éclair")), "lib", "", TestMap.Of(("mixed", true)));
        yield return new("a b", TestMap.Of(("deep", TestMap.Of(("host", "h3"), ("empty", TestMap.Of())))), "odd `scope`", "1.0", TestMap.Of(("team", "core")));
    }

    private TestRecord Log()
    {
        bool linked = _random.Next(3) == 0 && _traceIds.Count > 0;
        return new TestRecord
        {
            Signal = SearchSignal.Logs,
            Number = ++_number,
            Origin = Pick(_origins),
            Timestamp = Time(),
            Observed = _random.Next(2) == 0 ? 0 : Time(),
            TraceId = linked ? Pick(_traceIds) : _random.Next(4) == 0 ? Hex(16) : "",
            SpanId = linked ? Hex(8) : "",
            SeverityNumber = _random.Next(3) == 0 ? 0 : _random.Next(0, 25),
            SeverityText = Pick(SeverityTexts),
            EventName = _random.Next(4) == 0 ? Pick(["user.login", "Login", "x"]) : "",
            Body = _random.Next(10) switch
            {
                0 => null,
                1 or 2 => RandomValues.Map(_random, 2),
                3 => RandomValues.Any(_random),
                4 => RandomValues.Text(_random),
                5 => Pick(RandomValues.Lines),
                _ => RandomValues.Sentence(_random),
            },
            Attributes = Attributes(),
        };
    }

    /// <summary>A tree of spans in several services, sometimes with a parent that was never sent, sometimes without a root.</summary>
    private List<TestRecord> Trace()
    {
        string traceId = Hex(16);
        _traceIds.Add(traceId);
        long start = Time();
        var spans = new List<TestRecord>();
        int count = _random.Next(1, 9);
        for (int i = 0; i < count; i++)
        {
            bool isRoot = i == 0 ? _random.Next(5) > 0 : _random.Next(12) == 0;
            string parent = isRoot ? "" : i == 0 || _random.Next(8) == 0 ? Hex(8) : Pick(spans).SpanId;
            spans.Add(new TestRecord
            {
                Signal = SearchSignal.Spans,
                Number = ++_number,
                Origin = Pick(_origins),
                Timestamp = start + (_random.Next(3) * i * 1_000_000),
                TraceId = traceId,
                SpanId = _random.Next(10) == 0 ? $"00000000000000{i + 1:x2}" : Hex(8),
                ParentSpanId = parent,
                Name = Pick(SpanNames),
                Kind = _random.Next(6),
                Status = _random.Next(3),
                StatusMessage = _random.Next(3) == 0 ? RandomValues.Sentence(_random) : "",
                TraceState = _random.Next(4) == 0 ? "vendor=1" : "",
                DurationNs = Pick(Durations),
                Events = [.. Enumerable.Range(0, _random.Next(4) == 0 ? _random.Next(1, 4) : 0).Select(_ => Pick(["exception", "retry", "Cache miss", ""]))],
                Attributes = Attributes(),
            });
        }

        return spans;
    }

    private TestMap Attributes()
    {
        var entries = new List<(string, object?)>();
        Maybe(2, "mixed", () => RandomValues.Any(_random));
        Maybe(2, "n", () => _random.Next(3) switch { 0 => RandomValues.Integer(_random), 1 => RandomValues.Double(_random), _ => RandomValues.Text(_random) });
        Maybe(3, "duration_ms", () => _random.Next(3) switch { 0 => 250L, 1 => Pick([1200.5, 250, 0.5, 1000]), _ => Pick(["250", "1200.5", "soon", "250ms"]) });
        Maybe(3, "text", () => RandomValues.Text(_random));
        Maybe(3, "path", () => Pick(["/api/orders/5", "/api/users", "/API/users", "50%", "5_0", "a*b", "a\\b"]));
        Maybe(4, "flag", () => Pick<object?>([true, false, "true", "True", "false", 1L]));
        // Of one type each, so that it is known: what is asked of them differs from what is asked of the others.
        Maybe(3, "count", () => Pick<object?>([0L, 1L, 5L, 5L, -7L, 250L, (1L << 53) + 1, 1L << 53, long.MaxValue, long.MinValue]));
        Maybe(3, "ratio", () => Pick<object?>([0.5, 5.0, 1200.5, -7.25, 0.1, 1e21, 0.0]));
        Maybe(4, "odd", () => Pick<object?>([double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, 5.0, 1e-7]));
        Maybe(4, "done", () => _random.Next(2) == 0);
        Maybe(4, "labels", () => Enumerable.Range(0, _random.Next(0, 3)).Select(_ => (object?)Pick(["red", "5", "a b", ""])).ToArray());
        Maybe(5, "sizes", () => Enumerable.Range(0, _random.Next(0, 3)).Select(_ => (object?)Pick([5L, 7L, -1L])).ToArray());
        Maybe(4, "size", () => Pick<object?>([5L, 250L, 1000L, -1L]));
        Maybe(4, "shard", () => Pick<object?>([3L, 4L, (1L << 53) + 1, 1L << 53]));
        Maybe(6, "bytes", () => new byte[] { 0, 0xFF, (byte)_random.Next(3) });
        Maybe(6, "empty", () => _random.Next(2) == 0 ? "" : null);
        Maybe(2, "line", () => Pick(RandomValues.Lines));
        Maybe(4, "list", () => RandomValues.List(_random, withMaps: true));
        Maybe(6, "http", () => Pick<object?>(["yes", 5L]));
        Maybe(6, "http.route", () => Pick(["/api/users", "/"]));
        Maybe(6, "map", () => RandomValues.Map(_random, 2));
        Maybe(8, "odd `key` \\ 'x'", () => RandomValues.Scalar(_random));
        Maybe(8, "ключ with space", () => RandomValues.Scalar(_random));
        Maybe(8, "a*b%", () => RandomValues.Scalar(_random));
        Maybe(8, "line\nbreak", () => RandomValues.Scalar(_random));
        Maybe(5, "user.id", () => Pick<object?>(["u1", "u2", "owner", 7L]));
        Maybe(8, "severity", () => Pick<object?>(["error", 5L]));
        Maybe(8, "name", () => RandomValues.Scalar(_random));
        Maybe(5, "order.id", () => Pick<object?>(["ord-77", "ORD-78", 4711L, "4711"]));
        Maybe(5, "request_id", () => Pick(["4bf92f35-77b3-4da6-a3ce-929d0e0e4736", "4BF92F35-77B3-4DA6-A3CE-929D0E0E4736", "4bf92f3577b34da6a3ce929d0e0e4736", "r1"]));
        Maybe(8, "session", () => Pick(["0123456789abcdef0123456789abcdef", "short"]));
        Maybe(12, "mixed", () => RandomValues.Scalar(_random));
        return new TestMap(entries);

        void Maybe(int one, string key, Func<object?> value)
        {
            if (_random.Next(one) == 0)
            {
                entries.Add((key, value()));
            }
        }
    }

    /// <summary>A time of three days: often one that another record has, or the edge of a minute, an hour or a day, or a nanosecond beside it.</summary>
    private long Time()
    {
        long time = _random.Next(6) switch
        {
            0 when _times.Count > 0 => Pick(_times),
            1 => Base + (_random.Next(0, 180) * 60 * Second),
            2 => Base + (90 * 60 * Second) + _random.Next(-1, 2), // midnight
            3 => Base + (_random.NextInt64(-86_400, 86_400) * Second),
            4 => Base + (_random.Next(0, 180) * 60 * Second) - 1,
            _ => Base + _random.NextInt64(0, 3 * 3600 * Second),
        };
        _times.Add(time);
        return time;
    }

    private string Hex(int bytes)
    {
        byte[] id = new byte[bytes];
        _random.NextBytes(id);
        return Convert.ToHexStringLower(id);
    }

    private T Pick<T>(IReadOnlyList<T> from) => RandomValues.Pick(_random, from);
}
