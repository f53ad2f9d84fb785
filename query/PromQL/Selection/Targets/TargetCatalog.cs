using System.Collections.Concurrent;
using Observe.Query.Compilation;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.Search;

namespace Observe.Query.PromQL.Selection.Targets;

/// <summary>The series of <see cref="TargetInfo"/>: which resources sent metrics, day by day.</summary>
/// <remarks>
/// A join with it finds one series for a job and an instance, or fails. So where several resources of a day have the same, such as the processes of a service
/// that names no instances, there is one series for all of them, with what they have in common; any other label would be wrong for some of what is joined to it.
/// </remarks>
internal sealed class TargetCatalog(SeenSeries series, References references)
{
    /// <summary>A kilobyte or two each. Beyond it the cache starts anew.</summary>
    private const int Capacity = 20_000;

    /// <summary>By resource. An id is a hash of the attributes, so its labels never change.</summary>
    private readonly ConcurrentDictionary<ulong, Labels?> _known = new();

    public async Task<IReadOnlyList<Target>> SeenAsync(DayRange days, CancellationToken cancellationToken) =>
        await OfAsync(await series.ResourcesAsync(days, cancellationToken), cancellationToken);

    /// <param name="seen">Resources that sent metrics, as <see cref="SeenSeries.ResourcesAsync"/> has them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Target>> OfAsync(IReadOnlyList<(ushort Day, ulong Resource)> seen, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<ulong, Labels?> labels = await LabelsAsync(seen.Select(one => one.Resource).ToHashSet(), cancellationToken);
        var found = new Dictionary<Labels, List<ushort>>();
        foreach (IGrouping<ushort, (ushort Day, ulong Resource)> day in seen.GroupBy(one => one.Day))
        {
            IEnumerable<IGrouping<(string, string), Labels>> targets = day.Select(one => labels[one.Resource]).OfType<Labels>()
                .GroupBy(target => (target[ResourceIdentity.JobLabel], target[ResourceIdentity.InstanceLabel]));
            foreach (IGrouping<(string, string), Labels> target in targets)
            {
                Labels common = TargetLabels.Common([.. target]);
                if (!found.TryGetValue(common, out List<ushort>? itsDays))
                {
                    found.Add(common, itsDays = []);
                }

                itsDays.Add(day.Key);
            }
        }

        return [.. found.Select(target => new Target(target.Key, target.Value))];
    }

    /// <summary>The labels of each resource; null for those that are no targets.</summary>
    private async Task<IReadOnlyDictionary<ulong, Labels?>> LabelsAsync(HashSet<ulong> resources, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ulong, Labels?>(resources.Count);
        var missing = new List<ulong>();
        foreach (ulong resource in resources)
        {
            if (_known.TryGetValue(resource, out Labels? labels))
            {
                found[resource] = labels;
            }
            else
            {
                missing.Add(resource);
            }
        }

        if (missing.Count == 0)
        {
            return found;
        }

        if (_known.Count + missing.Count > Capacity)
        {
            _known.Clear();
        }

        foreach ((ulong resource, ReferencedAttributes read) in await references.Resources.GetAsync(missing, cancellationToken))
        {
            found[resource] = TargetLabels.Of(read.Attributes);

            // A resource that is not stored yet will be.
            if (!ReferenceEquals(read, ReferencedAttributes.Unknown))
            {
                _known[resource] = found[resource];
            }
        }

        return found;
    }
}
