using Observe.Query.Compilation;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;

namespace Observe.Query.Fields;

/// <summary>Tells whoever misspelt a field, which is no error but matches nothing.</summary>
internal sealed class UnknownFields(IFieldCatalog catalog, TimeProvider time)
{
    private const int Suggestions = 3;

    public async Task<IReadOnlyList<string>> NoticesAsync(
        SearchSignal signal, IReadOnlyList<FieldName> fields, TimeRange range, CancellationToken cancellationToken)
    {
        var resolver = new FieldResolver(signal, time);
        List<FieldName> asked = [.. fields
            .Where(field => field.Place != FieldPlace.Any || !resolver.IsColumn(field.Name))
            .DistinctBy(field => (field.Place, field.Name))];
        if (asked.Count == 0)
        {
            return [];
        }

        IReadOnlyList<FieldInfo> known = await catalog.GetFieldsAsync(signal, range, cancellationToken);
        var notices = new List<string>();
        foreach (FieldName field in asked)
        {
            string? source = Source(field.Place);
            List<string> names = [.. known.Where(k => source is null ? k.Source != "scope" : k.Source == source).Select(k => k.Name)];
            if (!names.Contains(field.Name))
            {
                notices.Add(Notice(signal, field, NearestName.Find(field.Name, names, Suggestions)));
            }
        }

        return notices;
    }

    private static string Notice(SearchSignal signal, FieldName field, IReadOnlyList<string> nearest)
    {
        string place = Source(field.Place) is { } source ? $" as a field of the {source}" : "";
        string records = signal == SearchSignal.Logs ? "logs" : "spans";
        string suggestion = nearest.Count == 0 ? "" : $" Nearest known: {string.Join(", ", nearest)}.";
        return $"The field \"{field.Name}\" is unknown{place} in {records} of this time range.{suggestion}";
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
