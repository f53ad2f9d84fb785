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

    [Fact]
    public void UnionWith_TwoSets_HasBoth()
    {
        var a = new IdSet();
        var b = new IdSet();
        for (ulong id = 0; id < 100; id++)
        {
            (id % 3 == 0 ? a : b).Add(id);
        }

        b.Add(3);
        a.UnionWith(b);

        Assert.Equal(100, a.Count);
        Assert.All(Enumerable.Range(0, 100), id => Assert.True(a.Contains((ulong)id)));
    }
}
