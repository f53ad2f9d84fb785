using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;
using Observe.Query.PromQL.Naming;
using Observe.Query.PromQL.Selection.Targets;
using Observe.Query.Search;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>The labels of all series together, in Prometheus's form, however many series there are: none of them is looked at.</summary>
internal sealed class LabelCatalog(IQueryEngine engine, MetricCatalog metrics, SeenSeries series, TargetCatalog targets, References references)
{
    /// <summary>Of longer names of attributes the catalogue knows nothing.</summary>
    private const int LongestName = 1_000;

    /// <summary>The names of labels that series of these days have.</summary>
    /// <remarks>Without <c>otel_series_id</c>, which a series has only to differ from another one.</remarks>
    public async Task<IReadOnlySet<string>> NamesAsync(DayRange days, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<MetricIdentity> seen = await metrics.SeenAsync(days, cancellationToken);
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (seen.Count == 0)
        {
            return names;
        }

        names.Add(LabelMatcher.MetricName);
        names.UnionWith(seen.SelectMany(ExposedName.Of).Select(name => name.View.OwnLabel()).OfType<string>());
        names.UnionWith(await AttributesAsync(days, cancellationToken));
        names.UnionWith((await ResourcesAsync(days, cancellationToken)).SelectMany(labels => labels).Select(label => label.Key));
        IReadOnlyList<(ulong Id, string Name)> scopes = await series.ScopesAsync(days, cancellationToken);
        names.UnionWith(scopes.Any(scope => scope.Name.Length > 0) ? [SeriesLabels.ScopeName] : []);
        bool hasVersion = (await references.Scopes.GetAsync(scopes.Select(scope => scope.Id), cancellationToken)).Values.Any(scope => scope.Version.Length > 0);
        names.UnionWith(hasVersion ? [SeriesLabels.ScopeVersion] : []);
        return names;
    }

    /// <summary>The values of a label that series can have of their resources alone, such as <c>job</c>; null where they can have it of anything else.</summary>
    /// <remarks>Not those that only parts of a point have, which are <see cref="PartLabels"/>.</remarks>
    /// <param name="label">In Prometheus's form.</param>
    /// <param name="days">Of series that were seen on one of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlySet<string>?> ValuesAsync(string label, DayRange days, CancellationToken cancellationToken)
    {
        if (label.Length > LongestName || label is LabelMatcher.MetricName or SeriesLabels.ScopeName or SeriesLabels.ScopeVersion or SeriesLabels.SeriesId
            || (await AttributesAsync(days, cancellationToken)).Contains(label))
        {
            return null;
        }

        return (await ResourcesAsync(days, cancellationToken)).Select(labels => labels[label]).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What series have of each resource, and the series of <see cref="TargetInfo"/>.</summary>
    private async Task<IReadOnlyList<Labels>> ResourcesAsync(DayRange days, CancellationToken cancellationToken)
    {
        IReadOnlyList<(ushort Day, ulong Resource)> seen = await series.ResourcesAsync(days, cancellationToken);
        IReadOnlyDictionary<ulong, ReferencedAttributes> read = await references.Resources.GetAsync(seen.Select(one => one.Resource), cancellationToken);
        return
        [
            .. read.Values.Select(resource => SeriesLabels.OfResource(resource.Attributes)),
            .. (await targets.OfAsync(seen, cancellationToken)).Select(target => target.Labels),
        ];
    }

    /// <summary>The names of labels that are points' own attributes.</summary>
    private async Task<IReadOnlySet<string>> AttributesAsync(DayRange days, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT DISTINCT Name
            FROM fields
            WHERE Signal = 'metrics' AND Source = 'attribute' AND {days.Condition(parameters)}
            """;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ResultBlock block in await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                names.Add(SeriesLabels.OfAttribute(PrometheusNames.Label(block["Name"].GetString(row))));
            }
        }

        names.Remove("");
        return names;
    }
}
