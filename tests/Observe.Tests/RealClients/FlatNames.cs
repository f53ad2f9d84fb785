namespace Observe.Tests.RealClients;

/// <summary>What Observe does to attributes whose value is a map: its leaves become attributes with dotted names.</summary>
public static class FlatNames
{
    public static Dictionary<string, object?> Of(IReadOnlyDictionary<string, object?> attributes)
    {
        var flat = new Dictionary<string, object?>();
        Add(flat, "", attributes);
        return flat;
    }

    private static void Add(Dictionary<string, object?> flat, string prefix, IReadOnlyDictionary<string, object?> map)
    {
        foreach ((string name, object? value) in map)
        {
            if (value is IReadOnlyDictionary<string, object?> { Count: > 0 } inner)
            {
                Add(flat, prefix + name + ".", inner);
            }
            else
            {
                flat.Add(prefix + name, value);
            }
        }
    }
}
