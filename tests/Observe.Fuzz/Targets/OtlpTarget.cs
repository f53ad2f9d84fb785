using Observe.Fuzz.Engine;
using Observe.Fuzz.Mutation;
using Observe.Fuzz.Oracles;
using Observe.Fuzz.Samples;
using Observe.Ingest;
using Observe.Ingest.Otlp;
using Observe.Ingest.Wire;

namespace Observe.Fuzz.Targets;

/// <summary>Protobuf requests: validated, then decoded into a batch that fills as the pipeline's does.</summary>
internal sealed class OtlpTarget(OtlpSignal signal) : IFuzzTarget
{
    /// <summary>Small, so that requests meet the limit which would need 256 MiB of rows in a server.</summary>
    private const long MaxDecodedBytes = 256 << 10;

    private readonly RequestOracle _oracle = new(signal);
    private readonly DecodedBatch _batch = new(signal);

    public IMutator Mutator { get; } = new ProtobufMutator();

    public IEnumerable<byte[]> Seeds => ProtobufSeeds.Of(signal);

    public void Execute(ReadOnlySpan<byte> input, FuzzFeedback feedback)
    {
        bool isWellFormed = _oracle.Read(input);
        _batch.Begin(input.Length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            RecordTally tally = OtlpValidator.Validate(signal, input, MaxDecodedBytes, DecodedBatch.Limits);
            if (tally.Accepted > 0)
            {
                _batch.Decode(input, tally, MaxDecodedBytes);
            }

            feedback.AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Check(tally, isWellFormed);
            Describe(tally, feedback);
        }
        catch (WireFormatException e)
        {
            feedback.AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
            feedback.Refused("wire", e.Message);
            Expect.That(!isWellFormed, $"The request is well-formed, but was refused: {e.Message}");
        }
        catch (IngestException e) when (e.Failure.Error == IngestError.TooLarge)
        {
            feedback.AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
            feedback.Refused("size", e.Message);
            if (isWellFormed)
            {
                Expect.That(MostDecodedBytes(input.Length) > MaxDecodedBytes, $"The request was refused as too large, but its rows take {MostDecodedBytes(input.Length)} bytes at most.");
            }
        }

        if (!AllocationLimit.IsKept(feedback.AllocatedBytes, input.Length, MaxDecodedBytes))
        {
            // Columns that earlier requests filled may have doubled for this one.
            AllocationLimit.Check(feedback.AllocatedBytes, input.Length, MaxDecodedBytes + _batch.ByteCount);
        }

        _batch.CheckColumns();
        _batch.FlushWhenDue();
    }

    public void Flush() => _batch.Flush();

    public void Reset() => _batch.Reset();

    /// <summary>More than a request's rows can take beyond its own bytes: what records share, for each; an exemplar's row for two bytes; long keys of maps.</summary>
    private long MostDecodedBytes(int length) =>
        (_oracle.Records * (256 + (4L * length))) + (128L * length) + (_oracle.HasMaps ? long.MaxValue / 2 : 0);

    private void Check(in RecordTally tally, bool isWellFormed)
    {
        Expect.That(isWellFormed, $"The request is malformed, but was accepted.");
        Expect.That(
            tally.Accepted == _oracle.Accepted
            && tally.Untimed == _oracle.Untimed
            && tally[RejectReason.SpanTraceId] == _oracle.BadTraceIds
            && tally[RejectReason.SpanSpanId] == _oracle.BadSpanIds
            && tally[RejectReason.HistogramBuckets] == _oracle.BadBuckets
            && tally[RejectReason.HistogramBounds] == _oracle.BadBounds
            && tally[RejectReason.NumberValue] == _oracle.BadValues
            && tally.Rejected == _oracle.Records - _oracle.Accepted,
            $"{tally.Accepted} records were accepted ({tally.Untimed} without time) and {tally.Rejected} rejected; {_oracle.Accepted} ({_oracle.Untimed}) and {_oracle.Records - _oracle.Accepted} are right.");
    }

    private void Describe(in RecordTally tally, FuzzFeedback feedback)
    {
        feedback.Accepted();
        feedback.Features(_oracle.Features);
        feedback.Count(0, tally.Accepted);
        feedback.Count(1, tally[RejectReason.SpanTraceId]);
        feedback.Count(2, tally[RejectReason.SpanSpanId]);
        feedback.Count(4, tally.Untimed);
        for (int i = 0; i < RecordRules.TruncateReasonCount; i++)
        {
            feedback.Count(10 + i, tally[(TruncateReason)i]);
        }

        feedback.Exact(5, _batch.Growth); // towards requests that are small and become large
        feedback.Count(3, tally[RejectReason.HistogramBuckets]);
        feedback.Count(6, tally[RejectReason.HistogramBounds]);
        feedback.Count(7, tally[RejectReason.NumberValue]);
    }
}
