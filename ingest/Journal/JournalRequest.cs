using System.Text;
using Observe.Ingest.Otlp;

namespace Observe.Ingest.Journal;

/// <summary>Something to be appended, and who waits for it.</summary>
internal sealed class JournalRequest
{
    // The continuation writes a response: not on the thread that is about to write the next group.
    private readonly TaskCompletionSource<AppendOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _header;
    private readonly int _senderLength;

    /// <param name="kind">What the body is.</param>
    /// <param name="body">Its bytes, which must not change until the completion.</param>
    /// <param name="sender">The sender's key; what is longer than a header keeps is cut.</param>
    /// <param name="tally">The records of the body.</param>
    /// <param name="receivedAt">Unix nanoseconds.</param>
    /// <param name="isRecognisable">Whether the same bytes sent again are the same request.</param>
    public JournalRequest(FrameKind kind, ReadOnlyMemory<byte> body, string sender, in RecordTally tally, long receivedAt, bool isRecognisable)
    {
        Kind = kind;
        Body = body;
        Accepted = tally.Accepted;
        Rejected = tally.Rejected;
        ReceivedAt = receivedAt;
        IsRecognisable = isRecognisable;
        Checksum = Crc32C.Compute(body.Span);
        _header = new byte[FrameHeader.Length + Math.Min(Encoding.UTF8.GetMaxByteCount(sender.Length), FrameHeader.MaxSenderLength)];
        Encoding.UTF8.GetEncoder().Convert(sender, _header.AsSpan(FrameHeader.Length), flush: true, out _, out _senderLength, out bool isWhole);
        Sender = isWhole ? sender : Encoding.UTF8.GetString(_header, FrameHeader.Length, _senderLength);
    }

    public FrameKind Kind { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public string Sender { get; }

    public ReadOnlySpan<byte> SenderUtf8 => _header.AsSpan(FrameHeader.Length, _senderLength);

    public int Accepted { get; }

    public int Rejected { get; }

    public long ReceivedAt { get; }

    public bool IsRecognisable { get; }

    public uint Checksum { get; }

    /// <summary>Bytes that it takes in the journal.</summary>
    public int FrameLength => FrameHeader.Length + _senderLength + Body.Length;

    public Task<AppendOutcome> Completion => _completion.Task;

    /// <summary>The bytes before the body, for this place in the journal.</summary>
    public ReadOnlyMemory<byte> Header(long position, UInt128 digest, uint seed)
    {
        var header = new FrameHeader(
            position, ReceivedAt, digest, Body.Length, Checksum, Accepted, Rejected, _senderLength, Kind,
            IsRecognisable ? FrameFlags.Recognisable : FrameFlags.None);
        header.Write(_header, _header.AsSpan(FrameHeader.Length, _senderLength), seed);
        return _header.AsMemory(0, FrameHeader.Length + _senderLength);
    }

    public void Complete(AppendOutcome outcome) => _completion.SetResult(outcome);
}
