using Observe.Query.Compilation;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;

namespace Observe.Query.Fields;

/// <summary>Tells whoever asks of a field what it cannot answer: a name that nothing has, numbers of a field of text. Neither is an error.</summary>
internal sealed class FieldNotices(IFieldCatalog catalog, TimeProvider time)
{
    private const int Suggestions = 3;

    /// <param name="signal">Whose fields.</param>
    /// <param name="fields">The fields of records that the question names.</param>
    /// <param name="types">With which it was compiled.</param>
    /// <param name="range">The question's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<string>> NoticesAsync(
        SearchSignal signal, IReadOnlyList<FieldName> fields, FieldTypes types, TimeRange range, CancellationToken cancellationToken)
    {
        var resolver = new FieldResolver(signal, time);
        List<FieldName> unknown = [.. fields
            .Where(field => !resolver.IsColumn(field))
            .DistinctBy(field => (field.Place, field.Name))
            .Where(field => !resolver.Places(field).Any(source => types.IsInRange(source, field.Name)))];
        List<string> notices = [];
        if (unknown.Count > 0)
        {
            IReadOnlyList<FieldInfo> known = await catalog.GetFieldsAsync(signal, range, cancellationToken);
            notices.AddRange(unknown.Select(field => Unknown(signal, field, Nearest(field, known))));
        }

        notices.AddRange(types.TextsAsNumbers.Select(name =>
            $"The field \"{name}\" has no values that were sent as numbers: only texts that can be read as one are taken as numbers."));
        return notices;
    }

    private static string Unknown(SearchSignal signal, FieldName field, IReadOnlyList<string> nearest)
    {
        string place = Source(field.Place) is { } source ? $" as a field of the {source}" : "";
        string records = signal == SearchSignal.Logs ? "logs" : "spans";
        string suggestion = nearest.Count == 0 ? "" : $" Nearest known: {string.Join(", ", nearest)}.";
        return $"The field \"{field.Name}\" is unknown{place} in {records} of this time range.{suggestion}";
    }

    private static IReadOnlyList<string> Nearest(FieldName field, IReadOnlyList<FieldInfo> known)
    {
        string? source = Source(field.Place);
        IEnumerable<FieldInfo> candidates = known.Where(k => source is null ? k.Source != "scope" : k.Source == source);
        return NearestName.Find(field.Name, candidates.Select(k => k.Name), Suggestions);
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
