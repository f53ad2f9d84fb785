using System.IO.Compression;
using Observe.Ingest.Memory;
using Observe.Ingest.Receivers;

namespace Observe.Tests.Ingest.Receivers;

public sealed class GzipBodyTests
{
    /// <summary>GZipStream reads 8 KiB at a time: bodies of all lengths around it, so that the end lies at each place of a read.</summary>
    [Fact]
    public void CompleteBody_OfAnyLength_EndsWithTheMark()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        byte[] noise = new byte[20_000];
        new Random(seed).NextBytes(noise);

        for (int length = 8100; length < 8300; length++)
        {
            byte[] content = Decompress(HttpCalls.Gzip(noise.AsSpan(0, length)));
            Assert.True(content.AsSpan().SequenceEqual([.. noise.AsSpan(0, length), .. GzipBody.EndMark]), $"length {length}");
        }
    }

    [Fact]
    public void SeveralMembers_OfAnyLength_EndWithTheMark()
    {
        byte[] noise = new byte[9000];
        new Random(1).NextBytes(noise);

        for (int length = 8100; length < 8300; length++)
        {
            byte[] members = [.. HttpCalls.Gzip(noise.AsSpan(0, length)), .. HttpCalls.Gzip(noise.AsSpan(length))];
            Assert.True(Decompress(members).AsSpan().SequenceEqual([.. noise, .. GzipBody.EndMark]), $"length {length}");
        }
    }

    [Fact]
    public void BodyCutAnywhere_NeverEndsWithTheMark()
    {
        byte[] noise = new byte[500];
        new Random(1).NextBytes(noise);
        byte[] whole = HttpCalls.Gzip([.. noise, .. new byte[5000], .. "text text text text"u8]);

        for (int length = 1; length < whole.Length; length++)
        {
            Assert.ThrowsAny<Exception>(() =>
            {
                byte[] content = Decompress(whole[..length]);
                if (!content.AsSpan().EndsWith(GzipBody.EndMark))
                {
                    throw new InvalidDataException();
                }
            });
        }
    }

    private static byte[] Decompress(byte[] compressed)
    {
        using var body = new PooledBuffer(new BudgetShare(new IngestBudget(2 * (1 << 20))), 1 << 20);
        body.Append(compressed);
        using var gzip = new GZipStream(new GzipBody(body), CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }
}
