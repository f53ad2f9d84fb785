using System.Globalization;
using Observe.Storage.Results.Columns;

namespace Observe.Storage.Results.Readers;

/// <summary>N bytes per value.</summary>
internal sealed class FixedStringReader(TypeName type) : ColumnReader
{
    private readonly int _size = int.Parse(type.Arguments[0], CultureInfo.InvariantCulture);

    public override ResultColumn Read(ref NativeReader reader, string name, int rows) =>
        new BytesColumn(name, type.Text, reader.ReadArray<byte>(checked(rows * _size)), _size);
}
