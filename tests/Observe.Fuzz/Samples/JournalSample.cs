using System.Text;
using Observe.Ingest.Journal;
using Observe.Ingest.Otlp;

namespace Observe.Fuzz.Samples;

/// <summary>A journal of known requests, as its writer makes it: what must come out of a damaged copy wherever the copy is not damaged.</summary>
internal sealed class JournalSample
{
    public const OtlpSignal Signal = OtlpSignal.Logs;

    public static readonly Guid JournalId = new("6f1d3a52-6d0e-4f0b-9a40-1c6d2f7f5b11");

    /// <summary>Unix nanoseconds.</summary>
    public const long ReceivedAt = 1_700_000_000_000_000_000;

    private static readonly Guid OtherJournalId = new("9b0f6f38-52a5-4a0c-8a1b-7f0a2f9c3e22");

    private readonly byte[] _bytes;

    /// <param name="position">Of the segment's first byte in the journal.</param>
    /// <param name="seed">The same seed makes the same requests.</param>
    public JournalSample(long position, int seed)
    {
        Position = position;
        var segment = new MemoryStream();
        var header = new byte[SegmentHeader.Length];
        new SegmentHeader(Signal, JournalId, position).Write(header);
        segment.Write(header);
        var frames = new List<JournalSampleFrame>();
        foreach ((string sender, byte[] body, FrameKind kind, bool isRecognisable) in Requests(position, seed, segment))
        {
            var tally = default(RecordTally);
            tally.Add(RejectReason.None, 1);
            var request = new JournalRequest(kind, body, sender, tally, ReceivedAt + frames.Count, isRecognisable);
            long at = position + segment.Length;
            var digest = (UInt128)(ulong)at;
            segment.Write(request.Header(at, digest, SegmentReader.SeedOf(JournalId)).Span);
            segment.Write(body);
            frames.Add(new(at, position + segment.Length, request.Sender, kind, isRecognisable, digest, FrameHeader.Length + Encoding.UTF8.GetByteCount(request.Sender)));
        }

        Frames = frames;
        _bytes = segment.ToArray();
    }

    public long Position { get; }

    public long End => Position + _bytes.Length;

    public IReadOnlyList<JournalSampleFrame> Frames { get; }

    /// <summary>The segment's file.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The bytes of a frame.</summary>
    public ReadOnlySpan<byte> BytesOf(JournalSampleFrame frame) => _bytes.AsSpan((int)(frame.Position - Position), (int)(frame.End - frame.Position));

    /// <summary>Bodies of many lengths, some of which look like what the journal itself writes.</summary>
    private static IEnumerable<(string Sender, byte[] Body, FrameKind Kind, bool IsRecognisable)> Requests(long position, int seed, MemoryStream written)
    {
        yield return ("key", Filled(40, seed), FrameKind.Request, true);
        yield return ("", [], FrameKind.Request, false);
        yield return ("another key", "OBSFOBSFOBSOBSF"u8.ToArray(), FrameKind.Request, true);
        yield return ("key", Filled(300, seed + 1), FrameKind.LedgerNotes, false);
        yield return (new string('s', 300), Filled(1, seed + 2), FrameKind.Request, true);

        // A whole frame of this journal, as somebody may send who has read the file: it stands at another position now.
        yield return ("key", written.ToArray()[SegmentHeader.Length..(SegmentHeader.Length + 107)], FrameKind.Request, true);

        // A frame that says the position at which it will stand, as somebody may send who guesses it: without the journal's seed.
        yield return ("key", Forged(position + written.Length + FrameHeader.Length + 3), FrameKind.Request, true);
        yield return ("größe", Filled(150, seed + 3), FrameKind.Request, true);
        yield return ("key", Filled(600, seed + 4), FrameKind.Request, false);
        yield return ("key", [0], FrameKind.Request, true);
    }

    private static byte[] Forged(long at)
    {
        var request = new JournalRequest(FrameKind.Request, Filled(20, 9), "", default, receivedAt: 1, isRecognisable: false);
        return [.. request.Header(at, 0, SegmentReader.SeedOf(OtherJournalId)).Span, .. Filled(20, 9)];
    }

    private static byte[] Filled(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Engine.FuzzRandom((ulong)seed).Fill(bytes);
        return bytes;
    }
}
