using System.Globalization;
using Observe.Ingest.Journal;

namespace Observe.Tests.Ingest.Journal;

/// <summary>Segments of which a start cannot read the header.</summary>
public sealed class SegmentHeaderTests : IDisposable
{
    private static readonly string First = new('x', 5000);

    private readonly JournalFixture _journal = new();

    public void Dispose() => _journal.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Header_Damaged_CostsNoRequest(int segment)
    {
        await WriteAsync();
        Change(_journal.FilesOf(".journal")[segment], bytes => bytes[20] ^= 1);

        SignalJournal journal = _journal.Open();

        Assert.Equal([First, "a", "b"], _journal.ReadAll());
        Assert.Equal(3, Assert.Single(journal.Waiting.All()).Requests);
        Assert.Empty(_journal.Quarantined());
        Assert.Empty(_journal.Log.Errors);
        Assert.Contains("header", Assert.Single(_journal.Log.Of(2111)), StringComparison.Ordinal);
        await _journal.StoreAsync("c");
        Assert.NotNull((await _journal.AppendAsync("a")).FirstReceivedAt);
        Assert.Equal([First, "a", "b", "c"], _journal.ReadAll());

        journal.Commit(_journal.End());
        Assert.Single(_journal.FilesOf(".journal"));
    }

    [Fact]
    public async Task HeaderAndFirstRequest_Zeroed_CostThatRequestAndNoOther()
    {
        await WriteAsync();
        Change(_journal.FilesOf(".journal")[1], bytes => bytes.AsSpan(0, SegmentHeader.Length + 10).Clear());

        _journal.Open();

        Assert.Equal([First, "b"], _journal.ReadAll());
        Assert.Single(_journal.Log.Of(2111));
    }

    [Fact]
    public async Task HeaderAndAllRequests_Damaged_AreSetAside()
    {
        await WriteAsync();
        string path = _journal.FilesOf(".journal")[1];
        Change(path, bytes =>
        {
            bytes[0] ^= 1;
            bytes[SegmentHeader.Length] ^= 1;
            bytes[^1] ^= 1;
        });
        byte[] found = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

        _journal.Open();

        Assert.Equal([First], _journal.ReadAll());
        Assert.Equal(found, Assert.Single(_journal.Quarantined()));
        Assert.Equal([2107], _journal.Log.Errors);
    }

    [Fact]
    public async Task Header_DamagedAndCheckpointMissing_IsSetAside()
    {
        await WriteAsync();
        string path = _journal.FilesOf(".journal")[1];
        Change(path, bytes => bytes[0] ^= 1);
        byte[] found = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        File.Delete(Path.Combine(_journal.Directory, "checkpoint"));

        _journal.Open();

        Assert.Equal([First], _journal.ReadAll());
        Assert.Equal(found, Assert.Single(_journal.Quarantined()));
        Assert.False(_journal.Log.Has(2111));
    }

    [Fact]
    public async Task Header_DamagedInAFileWithAnotherName_IsSetAside()
    {
        await WriteAsync();
        string path = _journal.FilesOf(".journal")[1];
        Change(path, bytes => bytes[0] ^= 1);
        File.Move(path, Segment.PathOf(_journal.Directory, 1_000_000));

        _journal.Open();

        Assert.Equal([First], _journal.ReadAll());
        Assert.Single(_journal.Log.Of(2107));
    }

    [Theory]
    [InlineData("00000000000001000000.journal")]
    [InlineData("00000000000000000000 (copy).journal")]
    [InlineData("5134.journal")]
    public async Task File_RenamedOrCopied_IsSetAsideAndSaid(string name)
    {
        await WriteAsync();
        string path = _journal.FilesOf(".journal")[1];
        byte[] found = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        File.Copy(path, Path.Combine(_journal.Directory, name));
        SignalJournal journal = _journal.Open();

        Assert.Equal([First, "a", "b"], _journal.ReadAll());
        Assert.Equal(3, Assert.Single(journal.Waiting.All()).Requests);
        Assert.Equal(found, Assert.Single(_journal.Quarantined()));
        Assert.Equal(2, _journal.FilesOf(".journal").Length);
        Assert.Contains($"segment of position {long.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture)}.", Assert.Single(_journal.Log.Of(2113)), StringComparison.Ordinal);

        File.Move(path, Path.Combine(_journal.Directory, name));
        _journal.Open();
        Assert.Equal([First], _journal.ReadAll());
        Assert.Equal(found, Assert.Single(_journal.Quarantined()));
    }

    [Fact]
    public async Task File_SetAsideBecauseOfItsName_IsStoredFromAnEmptyDirectory()
    {
        await WriteAsync();
        string path = _journal.FilesOf(".journal")[1];
        File.Move(path, Segment.PathOf(_journal.Directory, 1_000_000));
        _journal.Open();
        using var other = new JournalFixture();
        Directory.CreateDirectory(other.Directory);
        File.Copy(Assert.Single(Directory.GetFiles(_journal.Quarantine)), Path.Combine(other.Directory, Path.GetFileName(path)));
        other.Open();

        Assert.Equal(["a", "b"], other.ReadAll());
    }

    /// <summary>Two segments: one request in the first, two in the second.</summary>
    private async Task WriteAsync()
    {
        _journal.Options.SegmentBytes = 4096;
        _journal.Open();
        await _journal.StoreAsync(First, "a", "b");
        _journal.Close();
        Assert.Equal(2, _journal.FilesOf(".journal").Length);
    }

    private static void Change(string path, Action<byte[]> damage)
    {
        byte[] bytes = File.ReadAllBytes(path);
        damage(bytes);
        File.WriteAllBytes(path, bytes);
    }
}
