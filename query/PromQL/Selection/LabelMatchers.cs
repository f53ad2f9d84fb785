using System.Text.RegularExpressions;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;
using Observe.Query.PromQL.Naming;

namespace Observe.Query.PromQL.Selection;

/// <summary>A selector's conditions, compiled.</summary>
/// <remarks>
/// A label may be written in either form: <c>http_route</c> finds <c>http.route</c> and the other way round, whatever form the series' labels have.
/// </remarks>
internal sealed class LabelMatchers
{
    private readonly Func<string, bool> _name;
    private readonly (string Name, string Translated, Func<string, bool> Matches)[] _labels;

    public LabelMatchers(VectorSelector selector)
    {
        Func<string, bool>[] ofName = [.. selector.Matchers.Where(matcher => matcher.Name == LabelMatcher.MetricName).Select(Compile)];
        ExactName = selector.Name ?? selector.Matchers.FirstOrDefault(matcher => matcher is { Name: LabelMatcher.MetricName, Operator: MatchOperator.Equal, Value.Length: > 0 })?.Value;
        _name = name => (selector.Name is null || name == selector.Name) && ofName.All(matches => matches(name));
        _labels = [.. selector.Matchers.Where(matcher => matcher.Name != LabelMatcher.MetricName)
            .Select(matcher => (matcher.Name, PrometheusNames.Label(matcher.Name), Compile(matcher)))];
    }

    /// <summary>The one name that can match; null where several may.</summary>
    public string? ExactName { get; }

    /// <summary>Whether nothing is said of other labels than the metric's name.</summary>
    public bool IsOnNameAlone => _labels.Length == 0;

    public bool MatchName(string name) => _name(name);

    /// <summary>Whether anything is said of a label.</summary>
    public bool AreAbout(string label) => _labels.Any(one => one.Name == label);

    /// <summary>Whether what is said of one label matches.</summary>
    public bool Match(string label, string value) => _labels.All(one => one.Name != label || one.Matches(value));

    /// <summary>Whether the labels match, all but the metric's name.</summary>
    /// <param name="labels">A series' labels.</param>
    /// <param name="except">A label that they get later, and that is not asked about yet.</param>
    public bool Match(Labels labels, string? except = null)
    {
        foreach ((string name, string translated, Func<string, bool> matches) in _labels)
        {
            if (name != except && !matches(Value(labels, name, translated)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The value of a label that may be named in either form; empty where there is none.</summary>
    /// <param name="labels">A series' labels.</param>
    /// <param name="name">The name as it was asked for.</param>
    /// <param name="translated">The name in Prometheus's form.</param>
    public static string Value(Labels labels, string name, string translated)
    {
        string value = labels[name];
        if (value.Length > 0)
        {
            return value;
        }

        foreach ((string label, string other) in labels)
        {
            if (PrometheusNames.Label(label) == translated)
            {
                return other;
            }
        }

        return "";
    }

    private static Func<string, bool> Compile(LabelMatcher matcher)
    {
        switch (matcher.Operator)
        {
            case MatchOperator.Equal:
                return value => value == matcher.Value;
            case MatchOperator.NotEqual:
                return value => value != matcher.Value;
            default:
                bool isWanted = matcher.Operator == MatchOperator.Matches;
                if (LabelPattern.Alternatives(matcher.Value) is { } alternatives)
                {
                    var set = alternatives.ToHashSet(StringComparer.Ordinal);
                    return value => set.Contains(value) == isWanted;
                }

                Regex regex = LabelPattern.Compile(matcher.Value);
                return value => regex.IsMatch(value) == isWanted;
        }
    }
}
