using System.Numerics;
using Observe.Storage.Results.Columns;

namespace Observe.Storage.Results.Readers;

/// <summary>Numbers of a fixed width: the raw little-endian array.</summary>
internal sealed class FixedReader<T>(string type) : ColumnReader
    where T : unmanaged, INumber<T>
{
    public override ResultColumn Read(ref NativeReader reader, string name, int rows) =>
        new NumberColumn<T>(name, type, reader.ReadArray<T>(rows));
}
