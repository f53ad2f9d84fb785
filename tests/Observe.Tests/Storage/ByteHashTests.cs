using Observe.Storage.Columns;

namespace Observe.Tests.Storage;

public sealed class ByteHashTests
{
    [Fact]
    public void Of_EqualBytesElsewhere_IsEqual()
    {
        byte[] bytes = [.. Enumerable.Range(0, 100).Select(i => (byte)(i * 7))];
        for (int length = 0; length <= bytes.Length; length++)
        {
            byte[] copy = [9, .. bytes[..length], 9];

            Assert.Equal(ByteHash.Of(bytes.AsSpan(0, length)), ByteHash.Of(copy.AsSpan(1, length)));
        }
    }

    /// <summary>Every byte counts, at every length and place: a byte that were passed over would make keys that differ in it collide.</summary>
    [Fact]
    public void Of_OneByteChanged_Differs()
    {
        for (int length = 1; length <= 70; length++)
        {
            byte[] bytes = new byte[length];
            ulong before = ByteHash.Of(bytes);
            for (int i = 0; i < length; i++)
            {
                bytes[i] = 1;
                Assert.NotEqual(before, ByteHash.Of(bytes));
                bytes[i] = 0;
            }
        }
    }

    [Fact]
    public void Of_KeysThatCountUp_SpreadOverBuckets()
    {
        int[] buckets = new int[256];
        for (int i = 0; i < 25_600; i++)
        {
            buckets[ByteHash.Of(System.Text.Encoding.UTF8.GetBytes($"host.name-{i}")) % 256]++;
        }

        Assert.All(buckets, count => Assert.InRange(count, 40, 180)); // 100 on average, with a standard deviation of 10
    }
}
