using System.Numerics;
using Observe.Storage.Results.Columns;

namespace Observe.Storage.Results.Readers;

/// <summary>Dates and times: a count of days, seconds or fractions since 1970-01-01 UTC.</summary>
internal sealed class TimeReader<T>(string type, TimeUnit unit) : ColumnReader
    where T : unmanaged, INumber<T>
{
    public override ResultColumn Read(ref NativeReader reader, string name, int rows) =>
        new TimeColumn<T>(name, type, reader.ReadArray<T>(rows), unit);
}
