using System.Text;

namespace Observe.Storage.Columns;

/// <summary>One path of a <see cref="JsonColumn"/> and its values.</summary>
public sealed class JsonPath
{
    private string? _name;
    private int _repeatedRow = -1;
    private int _occurrences;

    internal JsonPath(byte[] utf8Name) => Utf8Name = utf8Name;

    public string Name => _name ??= Encoding.UTF8.GetString(Utf8Name);

    /// <summary>The engine's names of the types that the path's values have in this batch.</summary>
    public IEnumerable<string> TypeNames => Values.Types.Select(DynamicColumn.TypeName);

    internal byte[] Utf8Name { get; }

    internal DynamicColumn Values { get; } = new();

    internal void Clear()
    {
        Values.Clear();
        _repeatedRow = -1;
    }

    /// <summary>Counts a further occurrence of the path's key within a row: 2, 3, …</summary>
    internal int NextOccurrence(int row)
    {
        if (_repeatedRow != row)
        {
            _repeatedRow = row;
            _occurrences = 1;
        }

        return ++_occurrences;
    }
}
