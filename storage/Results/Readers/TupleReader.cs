using Observe.Storage.Results.Columns;

namespace Observe.Storage.Results.Readers;

/// <summary>Its elements as columns, one after the other; the empty tuple is one byte per row.</summary>
internal sealed class TupleReader : ColumnReader
{
    private readonly string _type;
    private readonly ColumnReader[] _elements;

    public TupleReader(TypeName type)
    {
        _type = type.Text;
        _elements = [.. type.Arguments.Select(argument => For(WithoutName(argument)))];
    }

    public override void ReadStructure(ref NativeReader reader)
    {
        foreach (ColumnReader element in _elements)
        {
            element.ReadStructure(ref reader);
        }
    }

    public override ResultColumn Read(ref NativeReader reader, string name, int rows)
    {
        if (_elements.Length == 0)
        {
            reader.Take(rows);
            return new EmptyTupleColumn(name, rows);
        }

        var columns = new ResultColumn[_elements.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = _elements[i].Read(ref reader, name, rows);
        }

        return new TupleColumn(name, _type, columns);
    }

    /// <summary>Elements may be named (<c>Tuple(a String, `b c` Int64)</c>): the name ends at the first space outside quotes and parentheses.</summary>
    private static string WithoutName(string element)
    {
        if (element[0] == '`')
        {
            return element[(element.IndexOf('`', 1) + 1)..].TrimStart();
        }

        int space = element.IndexOf(' ', StringComparison.Ordinal);
        int open = element.IndexOf('(', StringComparison.Ordinal);
        return space > 0 && (open < 0 || space < open) ? element[(space + 1)..] : element;
    }
}
