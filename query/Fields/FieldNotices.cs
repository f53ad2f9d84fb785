using Observe.Query.Compilation;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;

namespace Observe.Query.Fields;

/// <summary>Tells whoever asks of a field what it cannot answer: a name that nothing has, numbers of a field of text. Neither is an error.</summary>
internal sealed class FieldNotices(IFieldCatalog catalog, TimeProvider time)
{
    private const int Suggestions = 3;

    private static readonly (string Prefix, FieldPlace Written, FieldPlace Meant)[] ForeignPrefixes =
    [
        ("attributes.", FieldPlace.Any, FieldPlace.Attribute),
        ("attribute.", FieldPlace.Any, FieldPlace.Attribute),
        ("attributes.", FieldPlace.Resource, FieldPlace.Resource),
        ("resource_attributes.", FieldPlace.Any, FieldPlace.Resource),
    ];

    /// <param name="query">The question.</param>
    /// <param name="fields">The fields of records that it names, or is about besides.</param>
    /// <param name="types">With which it was compiled.</param>
    /// <param name="range">The question's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<string>> NoticesAsync(
        ParsedQuery query, IReadOnlyList<FieldName> fields, FieldTypes types, TimeRange range, CancellationToken cancellationToken)
    {
        SearchSignal signal = query.Signal;
        var resolver = new FieldResolver(signal, time);
        List<FieldName> unknown = [.. fields
            .Where(field => !resolver.IsColumn(field))
            .DistinctBy(field => (field.Place, field.Name))
            .Where(field => !resolver.Places(field).Any(source => types.IsInRange(source, field.Name)))];
        List<string> notices = [];
        if (unknown.Count > 0)
        {
            IReadOnlyList<FieldInfo> known = await catalog.GetFieldsAsync(signal, range, cancellationToken);
            notices.AddRange(unknown.Select(field => Unknown(signal, field, known)));
        }

        notices.AddRange(types.TextsAsNumbers.Select(name =>
            $"The field \"{name}\" has no values that were sent as numbers: only texts that can be read as one are taken as numbers."));
        if (SignalMeant(query.Filter) is { } meant)
        {
            notices.Add(meant);
        }

        return notices;
    }

    /// <summary><c>log severity=error</c> is meant for logs, but has a word to search for at its very beginning.</summary>
    private static string? SignalMeant(FilterNode? filter)
    {
        if (filter is not AndNode { Operands: [TextNode { IsPrefix: false, Span.Start: 0 } first, ComparisonNode or InNode or ExistsNode or ContainsNode, ..] }
            || first.Span.Length != first.Text.Length)
        {
            return null;
        }

        string? meant = first.Text.ToLowerInvariant() switch
        {
            "log" => "logs",
            "span" or "trace" => "spans",
            "metric" or "series" => "metrics",
            _ => null,
        };
        return meant is null ? null : $"\"{first.Text}\" is searched for as a word: write {meant} to begin a query about {meant}.";
    }

    private static string Unknown(SearchSignal signal, FieldName field, IReadOnlyList<FieldInfo> known)
    {
        string place = field.Place == FieldPlace.Attribute ? " as an attribute" : Source(field.Place) is { } source ? $" as a field of the {source}" : "";
        return $"The field \"{field.Name}\" is unknown{place} in {SignalWords.Of(signal)} of this time range.{Advice(signal, field, known)}";
    }

    private static string Advice(SearchSignal signal, FieldName field, IReadOnlyList<FieldInfo> known)
    {
        if (field.Place == FieldPlace.Any && ColumnNames.ElsewhereHint(field, SignalWords.All) is { Length: > 0 } elsewhere)
        {
            return elsewhere;
        }

        if (field.Place != FieldPlace.Any && ColumnNames.Of(signal).Contains(field.Name))
        {
            return $" {field.Name} is a built-in field: write it without a prefix.";
        }

        if (WithoutPrefix(field) is { } named)
        {
            string alone = QuerySyntax.Field(named with { Place = FieldPlace.Any });
            return ColumnNames.Of(signal).Contains(named.Name) ? $" Write {alone}." : $" Write {QuerySyntax.Field(named)}, or {alone} alone.";
        }

        IReadOnlyList<string> nearest = Nearest(signal, field, known);
        return nearest.Count == 0 ? "" : $" Nearest known: {string.Join(", ", nearest)}.";
    }

    /// <summary>The field that is meant by a name with the prefix of another program; null for other names.</summary>
    private static FieldName? WithoutPrefix(FieldName field)
    {
        foreach ((string prefix, FieldPlace written, FieldPlace meant) in ForeignPrefixes)
        {
            if (field.Place == written && field.Name.Length > prefix.Length && field.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return new FieldName(meant, field.Name[prefix.Length..], field.Span);
            }
        }

        return null;
    }

    /// <summary>What other programs call the field, then what is spelled like it, then what ends like it.</summary>
    private static IReadOnlyList<string> Nearest(SearchSignal signal, FieldName field, IReadOnlyList<FieldInfo> known)
    {
        string? source = Source(field.Place);
        HashSet<string> names = [.. known.Where(k => source is null ? k.Source != "scope" : k.Source == source).Select(k => k.Name)];
        if (source is null)
        {
            names.UnionWith(ColumnNames.Of(signal));
        }

        return [.. FieldSynonyms.Of(field.Name).Where(names.Contains)
            .Concat(NearestName.Find(field.Name, names, Suggestions))
            .Concat(names.Where(name => name.EndsWith("." + field.Name, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Take(Suggestions)];
    }

    private static string? Source(FieldPlace place) => place switch
    {
        FieldPlace.Attribute => "attribute",
        FieldPlace.Resource => "resource",
        FieldPlace.Scope => "scope",
        FieldPlace.Body => "body",
        _ => null,
    };
}
