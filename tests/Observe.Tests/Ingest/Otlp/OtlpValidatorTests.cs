using System.Globalization;
using Observe.Ingest.Otlp;
using Observe.Ingest.Pipeline;
using Observe.Ingest.Wire;

namespace Observe.Tests.Ingest.Otlp;

public sealed class OtlpValidatorTests
{
    public static TheoryData<string> Signals => [nameof(OtlpSignal.Logs), nameof(OtlpSignal.Metrics), nameof(OtlpSignal.Traces)];

    [Theory]
    [InlineData(nameof(OtlpSignal.Logs), 1)]
    [InlineData(nameof(OtlpSignal.Metrics), 5)]
    [InlineData(nameof(OtlpSignal.Traces), 1)]
    public void Validate_EveryFieldSet_AcceptsAll(string signal, int records)
    {
        RecordTally tally = OtlpValidator.Validate(Enum.Parse<OtlpSignal>(signal), OtlpSamples.Of(signal));

        Assert.Equal((records, 0), (tally.Accepted, tally.Rejected));
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void Validate_EveryPrefixOfARequest_IsAnErrorAndLeavesNoRows(string signal)
    {
        OtlpSignal kind = Enum.Parse<OtlpSignal>(signal);
        byte[] sample = OtlpSamples.Of(signal);
        for (int length = 1; length < sample.Length; length++)
        {
            byte[] cut = sample[..length];
            Assert.Throws<WireFormatException>(() => OtlpValidator.Validate(kind, cut));
        }

        Assert.Equal(0, OtlpValidator.Validate(kind, []).Accepted);
    }

    /// <summary>The innermost messages are cut too: their lengths, and all around them, say the truth.</summary>
    [Theory]
    [MemberData(nameof(Signals))]
    public void Validate_NestedMessagesCutWithLengthsRepaired_NeverPassesWhatDecodingCannotRead(string signal)
    {
        OtlpSignal kind = Enum.Parse<OtlpSignal>(signal);
        foreach (byte[] variant in MessageCutter.CutEveryNestedMessage(OtlpSamples.Of(signal)))
        {
            AssertConsistent(kind, variant, "a cut of a nested message");
        }
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void Validate_RandomMutations_EitherThrowsItsErrorOrDecodes(string signal)
    {
        OtlpSignal kind = Enum.Parse<OtlpSignal>(signal);
        int seed = Environment.TickCount;
        var random = new Random(seed);
        byte[] sample = OtlpSamples.Of(signal);
        for (int round = 0; round < 3_000; round++)
        {
            byte[] mutant = Mutate(sample, random);
            AssertConsistent(kind, mutant, $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void Validate_ArraysNestedTooDeep_IsAnErrorThatSaysSo()
    {
        Action<ProtoWriter> value = v => v.Int(3, 1);
        for (int depth = 0; depth <= AttributeValidator.MaxDepth; depth++)
        {
            value = OtlpWriter.Array(value);
        }

        byte[] request = OtlpWriter.Request(OtlpWriter.LogWith("deep", value));

        var e = Assert.Throws<WireFormatException>(() => OtlpValidator.Validate(OtlpSignal.Logs, request));
        Assert.Contains("nested deeper than 32", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "EEE19B7EC3C1B174", (int)RejectReason.SpanTraceId)]
    [InlineData("00000000000000000000000000000000", "EEE19B7EC3C1B174", (int)RejectReason.SpanTraceId)]
    [InlineData("5B8EFFF798038103D269B633813FC60C", "0000000000000000", (int)RejectReason.SpanSpanId)]
    [InlineData("5B8EFFF798038103D269B633813FC60C", "EEE19B7EC3C1B17401", (int)RejectReason.SpanSpanId)]
    public void Validate_SpanWithInvalidId_IsRejectedAndItsNeighbourStored(string traceId, string spanId, int reason)
    {
        byte[] request = OtlpWriter.Request(
            OtlpWriter.Span(Convert.FromHexString(traceId), Convert.FromHexString(spanId)), OtlpWriter.Span(OtlpWriter.TraceId, OtlpWriter.SpanId));

        RecordTally tally = OtlpValidator.Validate(OtlpSignal.Traces, request);

        Assert.Equal((1, 1, 1), (tally.Accepted, tally.Rejected, tally[(RejectReason)reason]));
        Assert.Equal(1, new Decoded(OtlpSignal.Traces).Add(request).Rows("spans").RowCount);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(3, 2, true)]
    [InlineData(1, 0, true)]
    [InlineData(2, 2, false)]
    [InlineData(0, 1, false)]
    public void Validate_HistogramPoint_NeedsOneBucketMoreThanBounds(int buckets, int bounds, bool isAccepted)
    {
        byte[] request = OtlpWriter.Request(metric => metric.String(1, "h").Sub(9, histogram => histogram.Sub(1, point =>
        {
            point.Bytes(6, new byte[8 * buckets]);
            point.Bytes(7, [.. Enumerable.Range(0, bounds).SelectMany(bound => BitConverter.GetBytes((double)bound))]);
        })));

        Assert.Equal(isAccepted ? 1 : 0, OtlpValidator.Validate(OtlpSignal.Metrics, request).Accepted);
        Assert.Equal(isAccepted ? 1 : 0, new Decoded(OtlpSignal.Metrics).Add(request).Rows("histogram_points").RowCount);
    }

    [Theory]
    [InlineData(true, "1", "2", "2.5", "Infinity")]
    [InlineData(true, "-5")]
    [InlineData(false, "2", "1")]
    [InlineData(false, "1", "1")]
    [InlineData(false, "1", "NaN", "2")]
    public void Validate_HistogramPoint_NeedsBoundsInOrder(bool isAccepted, params string[] bounds)
    {
        double[] values = [.. bounds.Select(bound => double.Parse(bound, CultureInfo.InvariantCulture))];
        foreach (bool isPacked in new[] { true, false })
        {
            byte[] request = OtlpWriter.Request(metric => metric.String(1, "h").Sub(9, histogram => histogram.Sub(1, point =>
            {
                point.Bytes(6, new byte[8 * (values.Length + 1)]);
                if (isPacked)
                {
                    point.Bytes(7, [.. values.SelectMany(BitConverter.GetBytes)]);
                }
                else
                {
                    Array.ForEach(values, value => point.Double(7, value));
                }
            })));
            AssertAccepted(isAccepted, request, RejectReason.HistogramBounds, "explicit_bounds of a histogram point must be in ascending order");
            Assert.Equal(isAccepted ? 1 : 0, new Decoded(OtlpSignal.Metrics).Add(request).Rows("histogram_points").RowCount);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public void Validate_NumberPoint_NeedsAValueOrTheFlag(int kind)
    {
        byte[] Request(Action<ProtoWriter> point) => OtlpWriter.Request(metric => metric.String(1, "m").Sub(kind, data => data.Sub(1, point)));
        foreach ((bool isAccepted, byte[] request) in new[]
        {
            (true, Request(point => point.Double(4, 0))),
            (true, Request(point => point.Fixed64(6, 0))),
            (true, Request(point => point.Varint(8, 1))),
            (true, Request(point => point.Varint(8, 3))),
            (false, Request(point => point.Varint(8, 2))),
            (false, Request(point => point.Fixed64(3, OtlpWriter.Time))),
        })
        {
            AssertAccepted(isAccepted, request, RejectReason.NumberValue, "must have as_double or as_int");
            Assert.Equal(isAccepted ? 1 : 0, new Decoded(OtlpSignal.Metrics).Add(request).Rows("number_points").RowCount);
        }
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(5, 0, 0)]
    [InlineData(0, 5, 0)]
    public void Validate_LogRecord_IsUntimedOnlyWithoutBothTimes(long time, long observed, int untimed)
    {
        byte[] request = OtlpWriter.Request(record => record.Fixed64(1, (ulong)time).Fixed64(11, (ulong)observed));

        Assert.Equal(untimed, OtlpValidator.Validate(OtlpSignal.Logs, request).Untimed);
        new Decoded(OtlpSignal.Logs).Add(request);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(5, 0, 0)]
    [InlineData(0, 5, 0)]
    public void Validate_Span_IsUntimedOnlyWithoutStartAndEnd(long start, long end, int untimed)
    {
        byte[] request = OtlpWriter.Request(span => span
            .Bytes(1, OtlpWriter.TraceId).Bytes(2, OtlpWriter.SpanId).Fixed64(7, (ulong)start).Fixed64(8, (ulong)end));

        Assert.Equal(untimed, OtlpValidator.Validate(OtlpSignal.Traces, request).Untimed);
        new Decoded(OtlpSignal.Traces).Add(request);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public void Validate_Point_IsUntimedWithoutItsTime(int kind)
    {
        byte[] request = OtlpWriter.Request(metric => metric.String(1, "m").Sub(kind, data => data
            .Sub(1, point => point.Fixed64(2, OtlpWriter.Time).Fixed64(4, 1)).Sub(1, point => point.Fixed64(3, OtlpWriter.Time).Fixed64(4, 1))));

        Assert.Equal(1, OtlpValidator.Validate(OtlpSignal.Metrics, request).Untimed);
        new Decoded(OtlpSignal.Metrics).Add(request);
    }

    private static void AssertAccepted(bool isAccepted, byte[] request, RejectReason reason, string text)
    {
        RecordTally tally = OtlpValidator.Validate(OtlpSignal.Metrics, request);
        Assert.Equal(isAccepted ? (1, 0) : (0, 1), (tally.Accepted, tally[reason]));
        Assert.Equal(!isAccepted, RecordRules.Describe(tally).Contains(text, StringComparison.Ordinal));
    }

    private static void AssertConsistent(OtlpSignal signal, byte[] request, string what)
    {
        AssertConsistent(signal, request, RecordLimits.Default, what);

        // Limits that the samples exceed in every way.
        AssertConsistent(signal, request, new RecordLimits(4, 6, 20), what);
    }

    private static void AssertConsistent(OtlpSignal signal, byte[] request, RecordLimits limits, string what)
    {
        RecordTally result;
        try
        {
            result = OtlpValidator.Validate(signal, request, limits: limits);
        }
        catch (WireFormatException)
        {
            return;
        }

        SignalBatch batch = Decoded.CreateBatch(signal, limits);
        try
        {
            batch.Decode(request, Decoded.ReceivedAt);
            batch.Finish();
            Assert.Equal(result.Accepted, Decoded.RecordRows(batch));
            Decoded.AssertSame(result, batch);
            foreach (var table in batch.Tables.Where(t => t.RowCount > 0))
            {
                BatchRows.Read(table);
            }
        }
        catch (Exception e)
        {
            Assert.Fail($"{what}: {Convert.ToHexString(request)} passed validation, but: {e}");
        }
    }

    private static byte[] Mutate(byte[] sample, Random random)
    {
        var mutant = sample.ToList();
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int at = random.Next(mutant.Count);
            switch (random.Next(4))
            {
                case 0:
                    mutant[at] = (byte)random.Next(256);
                    break;
                case 1:
                    mutant[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    mutant.RemoveAt(at);
                    break;
                default:
                    mutant.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. mutant];
    }
}
