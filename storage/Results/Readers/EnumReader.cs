using System.Globalization;
using System.Numerics;
using Observe.Storage.Results.Columns;

namespace Observe.Storage.Results.Readers;

/// <summary>Enums: the number per row; the names stand in the type (<c>Enum8('ok' = 1, 'error' = 2)</c>).</summary>
internal sealed class EnumReader<T>(TypeName type) : ColumnReader
    where T : unmanaged, INumber<T>
{
    public override ResultColumn Read(ref NativeReader reader, string name, int rows) =>
        new EnumColumn<T>(name, type.Text, reader.ReadArray<T>(rows), Names());

    private Dictionary<long, string> Names()
    {
        var names = new Dictionary<long, string>();
        foreach (string member in type.Arguments)
        {
            int equals = member.LastIndexOf('=');
            string name = member[..equals].Trim()[1..^1].Replace("\\'", "'", StringComparison.Ordinal);
            names[long.Parse(member[(equals + 1)..], CultureInfo.InvariantCulture)] = name;
        }

        return names;
    }
}
