using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;
using Observe.Query.PromQL.Naming;

namespace Observe.Query.PromQL.Selection;

/// <summary>A series' labels: its attributes, what of its resource tells processes apart, and its scope.</summary>
/// <remarks>
/// By OpenTelemetry's rules there are <c>job</c> and <c>instance</c> (<see cref="ResourceIdentity"/>), and the scope's name and version are
/// <c>otel_scope_name</c> and <c>otel_scope_version</c>. A series' own attributes <c>job</c> and <c>instance</c> are <c>exported_job</c> and
/// <c>exported_instance</c>, as Prometheus calls those that it scrapes. Of the resource's attributes those are labels that queries group by; all are in <c>target_info</c>.
/// </remarks>
internal static class SeriesLabels
{
    public const string ScopeName = "otel_scope_name";
    public const string ScopeVersion = "otel_scope_version";

    /// <summary>What series have that nothing else tells apart.</summary>
    public const string SeriesId = "otel_series_id";

    /// <summary>Where something runs, in the names of OpenTelemetry's conventions.</summary>
    private static readonly HashSet<string> Promoted = new(
        [
            ResourceIdentity.ServiceName, ResourceIdentity.ServiceNamespace, ResourceIdentity.ServiceInstance, "service.version", "deployment.environment", "deployment.environment.name", "host.name", "container.name",
            "cloud.provider", "cloud.region", "cloud.availability_zone", "k8s.cluster.name", "k8s.namespace.name", "k8s.node.name", "k8s.pod.name", "k8s.container.name",
            "k8s.deployment.name", "k8s.statefulset.name", "k8s.daemonset.name", "k8s.job.name", "k8s.cronjob.name",
        ],
        StringComparer.Ordinal);

    /// <summary>Those of them that are its resource's, in Prometheus's form.</summary>
    public static Labels OfResource(IReadOnlyDictionary<string, object?> resource)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, object? value) in resource.Where(attribute => Promoted.Contains(attribute.Key)))
        {
            labels[PrometheusNames.Label(name)] = AttributeText.Of(value);
        }

        (labels[ResourceIdentity.JobLabel], labels[ResourceIdentity.InstanceLabel]) = ResourceIdentity.Of(resource);
        return Labels.Of(labels);
    }

    /// <param name="exposed">By which it was asked for: the metric's name, and in which form the names of labels are.</param>
    /// <param name="attributes">The series' own.</param>
    /// <param name="resource">Its resource's.</param>
    /// <param name="scopeName">Its scope's name; empty for none.</param>
    /// <param name="scopeVersion">Its scope's version; empty for none.</param>
    public static Labels Of(
        ExposedName exposed, IReadOnlyDictionary<string, object?> attributes, IReadOnlyDictionary<string, object?> resource, string scopeName, string scopeVersion)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, object? value) in resource.Where(attribute => Promoted.Contains(attribute.Key)))
        {
            Add(name, value);
        }

        // What a point says itself is closer to it.
        foreach ((string name, object? value) in attributes)
        {
            Add(name, value);
        }

        (labels[ResourceIdentity.JobLabel], labels[ResourceIdentity.InstanceLabel]) = ResourceIdentity.Of(resource);
        labels[ScopeName] = scopeName;
        labels[ScopeVersion] = scopeVersion;
        labels[LabelMatcher.MetricName] = exposed.Name;
        return Labels.Of(labels);

        void Add(string name, object? value)
        {
            if (name.Length > 0)
            {
                labels[OfAttribute(exposed.IsTranslated ? PrometheusNames.Label(name) : name)] = AttributeText.Of(value);
            }
        }
    }

    /// <summary>The label that a series has of an attribute of its own.</summary>
    /// <param name="name">The attribute's name, in the form that labels have.</param>
    public static string OfAttribute(string name) => name is ResourceIdentity.JobLabel or ResourceIdentity.InstanceLabel ? $"exported_{name}" : name;
}
