namespace Observe.Bench.Shop;

/// <summary>One series: a metric of an instance with its labels. What it measures at a time depends on the seed and that time alone.</summary>
/// <param name="Metric">Index in <see cref="ShopMetric.All"/>.</param>
/// <param name="Instance">Index in <see cref="ShopModel.Instances"/>.</param>
/// <param name="Character">Random bits that make it differ from its kin.</param>
internal sealed record ShopSeries(int Metric, int Instance, (string Name, object Value)[] Labels, ulong Character)
{
    /// <summary>How much more or less than its metric's usual this series measures: from 0.1 to 2.</summary>
    public double Weight { get; } = 0.1 + ((Character & 0xFF) / 255.0 * 1.9);

    /// <summary>All series in the order in which they are reported: by instance, then by metric.</summary>
    public static ShopSeries[] Of(ShopModel model)
    {
        var random = new ShopRandom(model.Seed, ulong.MaxValue - 1);
        var all = new List<ShopSeries>();
        for (int instance = 0; instance < model.Instances.Length; instance++)
        {
            for (int metric = 0; metric < ShopMetric.All.Count; metric++)
            {
                IEnumerable<(string, object)[]> combinations = [[]];
                foreach ((string name, string[] values) in ShopMetric.All[metric].Labels)
                {
                    combinations = combinations.SelectMany(labels => values.Select(value =>
                        labels.Append((name, name == "http.response.status_code" ? int.Parse(value, null) : (object)value)).ToArray()));
                }

                foreach ((string, object)[] labels in combinations)
                {
                    all.Add(new ShopSeries(metric, instance, labels, random.Next()));
                }
            }
        }

        return [.. all];
    }
}
