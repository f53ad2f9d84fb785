namespace Observe.Bench.Shop;

/// <summary>The shop, its names resolved to indexes: the same for everybody who has the same seed.</summary>
internal sealed class ShopModel
{
    private readonly int[] _rootOfHundred;
    private readonly int[] _firstInstance;

    public ShopModel(int seed)
    {
        Seed = (ulong)seed;
        Operations = [.. ShopOperations.All];
        var byName = Operations.Select((operation, index) => (operation.FullName, index)).ToDictionary(x => x.FullName, x => x.index);
        var services = ShopService.All.Select((service, index) => (service.Name, index)).ToDictionary(x => x.Name, x => x.index);
        ServiceOf = [.. Operations.Select(operation => services[operation.Service])];
        Calls = [.. Operations.Select(operation => operation.Calls.Select(name => (byName[name.TrimStart('?')], name[0] == '?')).ToArray())];
        _rootOfHundred = [.. ShopOperations.Roots.SelectMany(root => Enumerable.Repeat(byName[root.Name], root.Weight))];

        var random = new ShopRandom(Seed, ulong.MaxValue);
        var instances = new List<ShopInstance>();
        _firstInstance = new int[ShopService.All.Count];
        for (int service = 0; service < ShopService.All.Count; service++)
        {
            _firstInstance[service] = instances.Count;
            for (int number = 0; number < ShopService.All[service].Instances; number++)
            {
                string id = $"{random.Next():x16}{random.Next():x16}";
                string pod = $"{ShopService.All[service].Name}-{id[..9]}-{id[9..14]}";
                instances.Add(new ShopInstance(service, number, new Guid(Convert.FromHexString(id)).ToString(), pod, $"node-{random.Below(6) + 1}"));
            }
        }

        Instances = [.. instances];
    }

    public ulong Seed { get; }

    public Operation[] Operations { get; }

    public ShopInstance[] Instances { get; }

    /// <summary>For each operation, the index of its service.</summary>
    public int[] ServiceOf { get; }

    /// <summary>For each operation, whom it calls and whether only now and then.</summary>
    public (int Operation, bool Sometimes)[][] Calls { get; }

    /// <summary>Where a trace starts.</summary>
    public int PickRoot(ref ShopRandom random) => _rootOfHundred[random.Below(_rootOfHundred.Length)];

    /// <summary>Which instance serves a request.</summary>
    public int PickInstance(int operation, ref ShopRandom random)
    {
        int service = ServiceOf[operation];
        return _firstInstance[service] + random.Below(ShopService.All[service].Instances);
    }
}
