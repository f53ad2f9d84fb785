using System.IO.Compression;
using Microsoft.Extensions.Options;
using Observe.Fuzz.Engine;
using Observe.Fuzz.Mutation;
using Observe.Fuzz.Samples;
using Observe.Ingest;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;
using Observe.Ingest.Receivers;
using Observe.Ingest.Senders;

namespace Observe.Fuzz.Targets;

/// <summary>gzip bodies: decompressed within the limit of a request, and refused when they are damaged.</summary>
internal sealed class GzipTarget : IFuzzTarget
{
    private const int MaxBytes = 64 << 10;

    /// <summary>Bodies hold a limit's worth in at most this: a bomb costs no more than any other request that is too large.</summary>
    private const int MaxReserved = 4 * MaxBytes;

    private readonly IngestBudget _budget = new(2 * MaxReserved); // one sender may have half of it
    private readonly BodyReader _reader;
    private readonly BodyTransformer _transformer;
    private readonly Sender _sender;
    private FuzzRandom _random = new(1);

    public GzipTarget()
    {
        IOptions<IngestOptions> options = Options.Create(new IngestOptions { MaxRequestBytes = MaxBytes });
        _reader = new(options, TimeProvider.System);
        _transformer = new(_reader, new TransformGate(places: 1));
        _sender = new SenderRegistry(_budget, options, TimeProvider.System).TryConnect("fuzzer")!;
    }

    private static ReadOnlySpan<byte> MemberMagic => [0x1F, 0x8B];

    public IMutator Mutator { get; } = new ByteMutator();

    public IEnumerable<byte[]> Seeds =>
    [
        .. ProtobufSeeds.Of(OtlpSignal.Logs).Take(3).Select(static seed => Compress(seed, CompressionLevel.Optimal)),
        .. ProtobufSeeds.Of(OtlpSignal.Logs).Take(3).Select(static seed => Compress(seed, CompressionLevel.NoCompression)),
        Compress(new byte[MaxBytes], CompressionLevel.Optimal),
        [.. Compress([1, 2, 3], CompressionLevel.Fastest), .. Compress([4, 5, 6], CompressionLevel.Fastest)],
    ];

    public void Execute(ReadOnlySpan<byte> input, FuzzFeedback feedback)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using PooledBuffer content = Decompress(input);
            feedback.AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Expect.That(content.Length <= MaxBytes, $"{content.Length} bytes came out, more than the limit.");
            feedback.Accepted();
            feedback.Count(0, content.Length);
        }
        catch (IngestException e) when (e.Failure.Error is IngestError.Malformed or IngestError.TooLarge)
        {
            feedback.AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
            feedback.Refused(nameof(IngestException), e.Message);
        }

        if (feedback.IsAccepted)
        {
            CheckPrefix(input);
        }

        Expect.That(_budget.Reserved == 0, $"{_budget.Reserved} bytes of the budget were not given back.");
        AllocationLimit.Check(feedback.AllocatedBytes, input.Length, 0);
    }

    public void Flush()
    {
    }

    public void Reset() => _random = new(1);

    private PooledBuffer Decompress(ReadOnlySpan<byte> input)
    {
        PooledBuffer body = _reader.CreateBuffer(_sender);
        body.Append(input);
        Task<PooledBuffer> transformed =
            _transformer.TransformAsync(body, _sender, OtlpSignal.Logs, isGzip: true, isJson: false, CancellationToken.None).AsTask();
        Expect.That(transformed.IsCompleted, $"A small body waited for a place.");
        return transformed.GetAwaiter().GetResult();
    }

    /// <summary>What is cut short is refused, unless it ends where one gzip member ends and another begins. No bytes at all are no content.</summary>
    private void CheckPrefix(ReadOnlySpan<byte> input)
    {
        int length = _random.Below(input.Length);
        if (length == 0 || input[length..].StartsWith(MemberMagic))
        {
            return;
        }

        try
        {
            using PooledBuffer content = Decompress(input[..length]);
        }
        catch (IngestException e) when (e.Failure.Error == IngestError.Malformed)
        {
            return;
        }

        throw new FuzzFailureException($"The body was accepted although it is cut off after {length} of {input.Length} bytes.");
    }

    private static byte[] Compress(byte[] content, CompressionLevel level)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, level))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }
}
