using Observe.Ingest.Cardinality;

namespace Observe.Tests.Ingest.Cardinality;

public sealed class IdSetTests
{
    [Fact]
    public void Add_RandomIds_KnowsThoseAndNoOthers()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        var ids = new IdSet();
        var expected = new HashSet<ulong>();
        for (int i = 0; i < 100_000; i++)
        {
            // Zero, neighbours, and numbers that differ only in their lower or higher bits.
            ulong id = (i % 4) switch
            {
                0 => (ulong)random.Next(1000),
                1 => (ulong)random.Next(1000) << 50,
                _ => (ulong)random.NextInt64(),
            };
            Assert.True(expected.Contains(id) == ids.Contains(id), $"{id} before it is added, seed {seed}");
            Assert.True(expected.Add(id) == ids.Add(id), $"{id} is added, seed {seed}");
        }

        Assert.True(expected.Count == ids.Count, $"{ids.Count} instead of {expected.Count}, seed {seed}");
        Assert.All(expected, id => Assert.True(ids.Contains(id), $"{id}, seed {seed}"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void Ids_OfASet_AreThoseThatWereAdded(int count)
    {
        var ids = new IdSet();
        ulong[] expected = [.. Enumerable.Range(0, count).Select(static n => (ulong)n)]; // zero is one of them
        Array.ForEach(expected, id => ids.Add(id));

        Assert.Equal(expected, ids.Ids().Order());
    }

    [Fact]
    public void Bytes_OfASetThatGrows_AreElevenToTwentyTwoForEachId()
    {
        var ids = new IdSet();
        for (ulong id = 1; id <= 100_000; id++)
        {
            ids.Add(id);
            Assert.True(id < 6 || ids.Bytes is var bytes && bytes >= 10 * (long)id && bytes <= 22 * (long)id, $"{ids.Bytes} bytes of {id} ids");
        }
    }
}
