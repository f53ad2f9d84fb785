using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;
using Observe.Query.PromQL.Naming;

namespace Observe.Query.PromQL.Selection.Targets;

/// <summary>The labels of <see cref="TargetInfo"/>, by OpenTelemetry's rules.</summary>
internal static class TargetLabels
{
    /// <summary>Of one resource; null where it does not say which process it is, or nothing besides.</summary>
    public static Labels? Of(IReadOnlyDictionary<string, object?> resource)
    {
        ResourceIdentity identity = ResourceIdentity.Of(resource);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, object? value) in resource.Where(attribute => !ResourceIdentity.IsOf(attribute.Key)).OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            // Two names may become one (a.b and a_b), and neither value may get lost.
            string label = PrometheusNames.Label(name), text = AttributeText.Of(value);
            labels[label] = labels.TryGetValue(label, out string? other) && other.Length > 0 ? $"{other};{text}" : text;
        }

        labels.Remove("");
        if ((identity.Job.Length == 0 && identity.Instance.Length == 0) || labels.Values.All(value => value.Length == 0))
        {
            return null;
        }

        (labels[ResourceIdentity.JobLabel], labels[ResourceIdentity.InstanceLabel]) = identity;
        labels[LabelMatcher.MetricName] = TargetInfo.Name;
        return Labels.Of(labels);
    }

    /// <summary>What all of several have in common: what it says is true of each.</summary>
    public static Labels Common(IReadOnlyCollection<Labels> several)
    {
        Labels first = several.First();
        return several.Count == 1 ? first : Labels.Of(first.Where(label => several.All(other => other[label.Key] == label.Value)));
    }
}
