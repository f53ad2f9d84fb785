namespace Observe.Query.Language;

/// <summary>A field as a query names it.</summary>
/// <param name="Place">Where it is looked for; stands as a prefix before the name.</param>
/// <param name="Name">Without the prefix, as it was sent.</param>
/// <param name="Span">The prefix and the name in the query's text.</param>
public sealed record FieldName(FieldPlace Place, string Name, TextSpan Span)
{
    /// <summary>The prefixes, each with its dot.</summary>
    internal static readonly IReadOnlyList<(string Prefix, FieldPlace Place)> Prefixes =
    [
        ("attr.", FieldPlace.Attribute),
        ("resource.", FieldPlace.Resource),
        ("scope.", FieldPlace.Scope),
        ("body.", FieldPlace.Body),
    ];

    /// <summary>The prefix and the name, as answers call the field's column.</summary>
    public string FullName => Prefixes.Where(prefix => prefix.Place == Place).Select(prefix => prefix.Prefix).FirstOrDefault() + Name;

    /// <summary>The columns whose names begin like a prefix.</summary>
    internal static bool IsScopeColumn(string name) => name is "scope.name" or "scope.version";

    /// <summary>Reads a name that stands without backticks.</summary>
    internal static FieldName FromWord(string word, TextSpan span)
    {
        if (!IsScopeColumn(word))
        {
            foreach ((string prefix, FieldPlace place) in Prefixes)
            {
                if (word.Length > prefix.Length && word.StartsWith(prefix, StringComparison.Ordinal))
                {
                    return new FieldName(place, word[prefix.Length..], span);
                }
            }
        }

        return new FieldName(FieldPlace.Any, word, span);
    }
}
