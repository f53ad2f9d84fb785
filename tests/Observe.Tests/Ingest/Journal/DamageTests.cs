using System.Text;
using Observe.Ingest.Journal;

namespace Observe.Tests.Ingest.Journal;

/// <summary>Bytes of acknowledged requests that the disk did not keep, with whole requests behind them.</summary>
public sealed class DamageTests : IDisposable
{
    private const int Start = 64;
    private const int FrameLength = 64 + 6 + 6; // header, "sender", "log nn"
    private const int Count = 10;

    private readonly JournalFixture _journal = new();

    public void Dispose() => _journal.Dispose();

    public static TheoryData<string, int> Places => new()
    {
        { "magic", 0 },
        { "checksum", 4 },
        { "position", 8 },
        { "received at", 16 },
        { "digest", 24 },
        { "length", 40 },
        { "length, its highest byte", 43 },
        { "checksum of the body", 44 },
        { "records", 48 },
        { "length of the sender", 56 },
        { "kind", 58 },
        { "reserved", 60 },
        { "sender", 64 },
        { "body", 70 },
        { "body, its last byte", 75 },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Byte_Damaged_CostsItsRequestAndNoOther(string place, int offset)
    {
        await WriteAsync(bytes => bytes[FrameAt(4) + offset] ^= 0x40);

        Assert.True(Bodies(4).SequenceEqual(_journal.ReadAll()), $"{place}: {string.Join(", ", _journal.ReadAll())}");
        SegmentItem damaged = Assert.Single(Damaged());
        Assert.Equal((FrameAt(4), FrameAt(5)), (damaged.Position, damaged.End));
    }

    [Fact]
    public async Task SeveralRequests_Damaged_AreItemsOfTheirOwnOrTogether_AndTheRestIsInOrder()
    {
        await WriteAsync(bytes =>
        {
            bytes[FrameAt(1)] ^= 1;
            bytes[FrameAt(2) + 8] ^= 1; // no frame either: one piece with the one before
            bytes[FrameAt(5) + 72] ^= 1;
            bytes[FrameAt(7) + 40] ^= 1;
        });

        Assert.Equal(Bodies(1, 2, 5, 7), _journal.ReadAll());
        Assert.Equal(
            [(FrameAt(1), FrameAt(3)), (FrameAt(5), FrameAt(6)), (FrameAt(7), FrameAt(8))],
            Damaged().Select(item => ((int)item.Position, (int)item.End)));
    }

    [Fact]
    public async Task Page_Zeroed_CostsTheRequestsOnItAndNoOther()
    {
        string[] bodies = [.. Enumerable.Range(0, 200).Select(i => $"log {i:D3}")];
        _journal.Open();
        await _journal.StoreAsync(bodies);
        _journal.Close();
        Change(bytes => bytes.AsSpan(4096, 4096).Clear());
        _journal.Open();

        const int length = FrameLength + 1;
        int first = (4096 - Start) / length;
        int last = (8192 - Start - 1) / length;
        Assert.Equal([.. bodies[..first], .. bodies[(last + 1)..]], _journal.ReadAll());
    }

    [Fact]
    public async Task Body_ThatLooksLikeAFrame_IsNotTakenForOne()
    {
        _journal.Open();
        await _journal.StoreAsync("log 00");
        _journal.Close();
        byte[] frame = (await File.ReadAllBytesAsync(_journal.FilesOf(".journal")[0], TestContext.Current.CancellationToken))[Start..];
        string copy = Encoding.Latin1.GetString(frame).Replace('\uFFFD', '?');
        _journal.Open();
        await _journal.StoreAsync(copy, "log 01");
        long end = _journal.End();
        _journal.Close();
        string newest = _journal.FilesOf(".journal")[^1];
        byte[] bytes = await File.ReadAllBytesAsync(newest, TestContext.Current.CancellationToken);
        bytes[Start] ^= 1; // the frame around the copy is gone, so what it holds is searched for frames
        await File.WriteAllBytesAsync(newest, bytes, TestContext.Current.CancellationToken);
        _journal.Open();

        Assert.Equal(["log 00", "log 01"], _journal.ReadAll());
        Assert.Equal(end, _journal.End());
    }

    [Fact]
    public async Task Header_Damaged_LeavesNothingWaitingThatNeverComesOut()
    {
        await WriteAsync(bytes => bytes[FrameAt(4)] ^= 1);

        Assert.Equal(Count - 1, Assert.Single(_journal.Open().Waiting.All()).Requests);
    }

    private async Task WriteAsync(Action<byte[]> damage)
    {
        _journal.Open();
        await _journal.StoreAsync([.. Bodies()]);
        _journal.Close();
        Change(damage);
        _journal.Open();
    }

    private void Change(Action<byte[]> damage)
    {
        string path = _journal.FilesOf(".journal")[0];
        byte[] bytes = File.ReadAllBytes(path);
        damage(bytes);
        File.WriteAllBytes(path, bytes);
    }

    private List<SegmentItem> Damaged()
    {
        JournalCursor cursor = _journal.Open().Read(0);
        var damaged = new List<SegmentItem>();
        while (cursor.Read() is { } item)
        {
            if (!item.IsWhole)
            {
                damaged.Add(item);
            }
        }

        return damaged;
    }

    private static int FrameAt(int index) => Start + (index * FrameLength);

    private static IEnumerable<string> Bodies(params int[] without) =>
        Enumerable.Range(0, Count).Except(without).Select(i => $"log {i:D2}");
}
