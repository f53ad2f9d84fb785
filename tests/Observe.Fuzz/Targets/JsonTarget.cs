using System.Text.Json;
using Observe.Fuzz.Engine;
using Observe.Fuzz.Mutation;
using Observe.Fuzz.Oracles;
using Observe.Fuzz.Samples;
using Observe.Ingest;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Json;
using Observe.Ingest.Wire;

namespace Observe.Fuzz.Targets;

/// <summary>OTLP/JSON requests: turned into protobuf, which is then validated and decoded as if it had been sent.</summary>
internal sealed class JsonTarget(OtlpSignal signal) : IFuzzTarget
{
    private const int MaxBytes = 64 << 10;
    private const long MaxDecodedBytes = 256 << 10;

    /// <summary><c>0,</c> in an array of numbers is two bytes, and nine in protobuf; nothing grows more.</summary>
    private const int MaxGrowth = 5;

    private readonly IngestBudget _budget = new(32 * MaxBytes); // one sender may have half of it
    private readonly RequestOracle _wireOracle = new(signal);
    private readonly JsonOracle _jsonOracle = new(signal);
    private readonly DecodedBatch _batch = new(signal);
    private readonly byte[] _copy = new byte[MaxBytes];

    public IMutator Mutator { get; } = new JsonMutator();

    public IEnumerable<byte[]> Seeds => JsonSeeds.Of(signal);

    public void Execute(ReadOnlySpan<byte> input, FuzzFeedback feedback)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        using (var output = new PooledBuffer(new BudgetShare(_budget), MaxBytes))
        {
            try
            {
                OtlpJsonTranscoder.Transcode(signal, input, output);
                feedback.AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
                CheckTranscoded(input, output.Span, feedback);
            }
            catch (IngestException e) when (e.Failure.Error is IngestError.Malformed or IngestError.TooLarge)
            {
                feedback.AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
                feedback.Refused(nameof(IngestException), e.Message);
                CheckRefused(input, e);
            }
        }

        Expect.That(_budget.Reserved == 0, $"{_budget.Reserved} bytes of the budget were not given back.");
        AllocationLimit.Check(feedback.AllocatedBytes, input.Length, MaxDecodedBytes);
        _batch.FlushWhenDue();
    }

    public void Flush() => _batch.Flush();

    public void Reset() => _batch.Reset();

    private void CheckTranscoded(ReadOnlySpan<byte> json, ReadOnlySpan<byte> protobuf, FuzzFeedback feedback)
    {
        Expect.That(protobuf.Length <= (json.Length * MaxGrowth) + 64, $"{json.Length} bytes of JSON became {protobuf.Length} of protobuf.");
        Expect.That(TryParse(json, out JsonDocument? document), $"The request is no JSON, but was accepted.");
        using (document)
        {
            CheckProtobuf(document!.RootElement, protobuf, feedback);
        }
    }

    private void CheckProtobuf(JsonElement json, ReadOnlySpan<byte> protobuf, FuzzFeedback feedback)
    {
        bool isWellFormed = _wireOracle.Read(protobuf);
        _batch.Begin(protobuf.Length);
        try
        {
            RecordTally tally = OtlpValidator.Validate(signal, protobuf, MaxDecodedBytes, DecodedBatch.Limits);
            int records = tally.Accepted + tally.Rejected;
            int expected = _jsonOracle.Count(json);
            Expect.That(records == expected, $"{records} records of {expected}.");
            Expect.That(isWellFormed && tally.Accepted == _wireOracle.Accepted, $"{tally.Accepted} records are accepted of {_wireOracle.Accepted}.");
            feedback.Accepted();
            feedback.Features(_wireOracle.Features);
            feedback.Count(0, tally.Accepted);
            feedback.Count(1, tally.Rejected);
            if (tally.Accepted > 0)
            {
                _batch.Decode(protobuf, tally, MaxDecodedBytes);
                _batch.CheckColumns();
            }
        }
        catch (WireFormatException e)
        {
            // The transcoder writes well-formed protobuf; only how deep it is nested is the validator's matter.
            feedback.Refused(nameof(WireFormatException), e.Message);
            Expect.That(!isWellFormed && e.Message.Contains("nested deeper", StringComparison.Ordinal), $"JSON became malformed protobuf: {e.Message}");
        }
        catch (IngestException e) when (e.Failure.Error == IngestError.TooLarge)
        {
            feedback.Refused("decoded size", e.Message);
        }
    }

    /// <summary>What is said to be no JSON must be none.</summary>
    private void CheckRefused(ReadOnlySpan<byte> json, IngestException e)
    {
        if (e.Message.StartsWith("The request is not valid JSON", StringComparison.Ordinal) && TryParse(json, out JsonDocument? document))
        {
            using (document)
            {
                Expect.That(DepthOf(document!.RootElement) > 160, $"The request is JSON, but was refused: {e.Message}");
            }
        }
    }

    private bool TryParse(ReadOnlySpan<byte> json, out JsonDocument? document)
    {
        json.CopyTo(_copy);
        return JsonOracle.TryParse(_copy.AsMemory(0, json.Length), out document);
    }

    private static int DepthOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => 1 + element.EnumerateObject().Select(static property => DepthOf(property.Value)).DefaultIfEmpty().Max(),
        JsonValueKind.Array => 1 + element.EnumerateArray().Select(DepthOf).DefaultIfEmpty().Max(),
        _ => 0,
    };
}
