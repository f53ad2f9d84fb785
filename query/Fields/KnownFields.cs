using System.Diagnostics.CodeAnalysis;
using Observe.Query.Search;
using Observe.Storage.Engine;

namespace Observe.Query.Fields;

/// <summary>What was read of the field catalogue, kept until something is added to it.</summary>
/// <remarks>Nothing is kept where others add to it too, as on a server that several processes share.</remarks>
internal sealed class KnownFields(IStorageEngine engine)
{
    /// <summary>Some megabytes. Questions name far fewer; whoever asks for ever new ones starts it anew.</summary>
    private const int MaxFields = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(SearchSignal, string), KnownField> _fields = [];
    private long? _state;

    /// <summary>The catalogue's state, to be taken before it is read and given with what was read.</summary>
    public long? State => engine.InsertCount("fields");

    public bool TryGet(long? state, SearchSignal signal, string name, [MaybeNullWhen(false)] out KnownField field)
    {
        lock (_lock)
        {
            field = null;
            return state is not null && state == _state && _fields.TryGetValue((signal, name), out field);
        }
    }

    public void Keep(long? state, SearchSignal signal, IReadOnlyDictionary<string, KnownField> fields)
    {
        lock (_lock)
        {
            if (state is null || state < _state)
            {
                return;
            }

            if (state != _state || _fields.Count + fields.Count > MaxFields)
            {
                _fields.Clear();
                _state = state;
            }

            foreach ((string name, KnownField field) in fields)
            {
                _fields[(signal, name)] = field;
            }
        }
    }
}
