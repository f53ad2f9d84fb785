using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation;

/// <summary>A series' labels, its metric's name among them (<see cref="LabelMatcher.MetricName"/>): in the order of their names, none of them empty.</summary>
/// <remarks>Immutable, and equal to others with the same names and values, so that it is what series are grouped and matched by.</remarks>
public sealed class Labels : IEquatable<Labels>, IReadOnlyList<KeyValuePair<string, string>>
{
    public static readonly Labels Empty = new([]);

    private readonly KeyValuePair<string, string>[] _pairs;
    private readonly int _hash;
    private Labels? _withoutName;

    private Labels(KeyValuePair<string, string>[] pairs)
    {
        _pairs = pairs;
        var hash = new HashCode();
        foreach ((string name, string value) in pairs)
        {
            hash.Add(name);
            hash.Add(value);
        }

        _hash = hash.ToHashCode();
    }

    public int Count => _pairs.Length;

    /// <summary>The metric's name; empty where it was dropped.</summary>
    public string Name => this[LabelMatcher.MetricName];

    public KeyValuePair<string, string> this[int index] => _pairs[index];

    /// <summary>A label's value; empty where there is no such label, which is the same in PromQL.</summary>
    public string this[string name]
    {
        get
        {
            foreach ((string key, string value) in _pairs)
            {
                if (string.Equals(key, name, StringComparison.Ordinal))
                {
                    return value;
                }
            }

            return "";
        }
    }

    /// <param name="pairs">In any order, each name once; those with empty values are left out.</param>
    public static Labels Of(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        KeyValuePair<string, string>[] kept = [.. pairs.Where(pair => pair.Value.Length > 0)];
        if (kept.Length == 0)
        {
            return Empty;
        }

        Array.Sort(kept, static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return new Labels(kept);
    }

    public static Labels Of(params (string Name, string Value)[] pairs) => Of(pairs.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));

    /// <summary>Without the metric's name: what is computed of a metric is another one.</summary>
    public Labels WithoutName() => _withoutName ??= Where(static name => name != LabelMatcher.MetricName);

    public Labels Keep(IReadOnlySet<string> names) => names.Count == 0 ? Empty : Where(names.Contains);

    public Labels Drop(IReadOnlySet<string> names) => Where(name => !names.Contains(name));

    /// <summary>With a label in place of the one of that name; without it where <paramref name="value"/> is empty.</summary>
    public Labels With(string name, string value) =>
        string.Equals(this[name], value, StringComparison.Ordinal)
            ? this
            : Of(_pairs.Where(pair => pair.Key != name).Append(KeyValuePair.Create(name, value)));

    public bool Equals([NotNullWhen(true)] Labels? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || _hash != other._hash || _pairs.Length != other._pairs.Length)
        {
            return false;
        }

        for (int i = 0; i < _pairs.Length; i++)
        {
            if (_pairs[i].Key != other._pairs[i].Key || _pairs[i].Value != other._pairs[i].Value)
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as Labels);

    public override int GetHashCode() => _hash;

    /// <summary>As PromQL writes it: <c>up{job="a"}</c>, <c>{"http.requests", "http.route"="/"}</c>.</summary>
    public override string ToString()
    {
        IEnumerable<string> labels = _pairs.Where(pair => pair.Key != LabelMatcher.MetricName)
            .Select(pair => $"{(Keywords.IsBareLabel(pair.Key) ? pair.Key : Quoted(pair.Key))}={Quoted(pair.Value)}");
        bool isBare = Name.Length == 0 || Keywords.IsBareMetric(Name);
        string text = string.Join(", ", isBare ? labels : labels.Prepend(Quoted(Name)));
        return isBare && Name.Length > 0 && text.Length == 0 ? Name : $"{(isBare ? Name : "")}{{{text}}}";
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _pairs.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _pairs.GetEnumerator();

    private static string Quoted(string value)
    {
        var text = new StringBuilder();
        StringText.WriteQuoted(text, value);
        return text.ToString();
    }

    private Labels Where(Func<string, bool> isKept)
    {
        const int MostHaveFewer = 64;
        Span<int> kept = _pairs.Length <= MostHaveFewer ? stackalloc int[MostHaveFewer] : new int[_pairs.Length];
        int count = 0;
        for (int i = 0; i < _pairs.Length; i++)
        {
            if (isKept(_pairs[i].Key))
            {
                kept[count++] = i;
            }
        }

        if (count == 0 || count == _pairs.Length)
        {
            return count == 0 ? Empty : this;
        }

        var pairs = new KeyValuePair<string, string>[count];
        for (int i = 0; i < count; i++)
        {
            pairs[i] = _pairs[kept[i]];
        }

        return new Labels(pairs);
    }
}
