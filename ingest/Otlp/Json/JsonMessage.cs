using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Observe.Storage.Columns;

namespace Observe.Ingest.Otlp.Json;

/// <summary>A message's fields by their names in JSON.</summary>
/// <remarks>
/// A field is also found by its name in the .proto file (<c>scope_logs</c>). The specification does not ask for it, but several
/// senders write it, and the alternative is to lose their records without a word: unknown names are ignored.
/// </remarks>
internal sealed class JsonMessage
{
    private readonly Dictionary<byte[], JsonField> _byName = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], JsonField>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public JsonMessage(params ReadOnlySpan<JsonField> fields)
    {
        foreach (JsonField field in fields)
        {
            _byName[Encoding.UTF8.GetBytes(field.Name)] = field;
            _byName[Encoding.UTF8.GetBytes(JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name))] = field;
        }

        _lookup = _byName.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public bool TryGetField(ReadOnlySpan<byte> name, [NotNullWhen(true)] out JsonField? field) => _lookup.TryGetValue(name, out field);
}
