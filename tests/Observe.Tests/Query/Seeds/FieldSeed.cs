using Observe.Storage.Batches;
using Observe.Storage.Columns;

namespace Observe.Tests.Query.Seeds;

/// <summary>
/// Notes the fields of seeded records in the catalogue, as ingestion does before it stores them: a field that is not in it is not asked.
/// </summary>
internal static class FieldSeed
{
    /// <param name="day">Days since 1970-01-01.</param>
    public static void Add(FieldBatch fields, ushort day, FieldSignal signal, FieldSource source, JsonColumn column)
    {
        foreach (JsonPath path in column.Paths.Where(path => path.Name.Length <= FieldBatch.MaxNameLength))
        {
            foreach (string type in path.TypeNames)
            {
                fields.Day.Append(day);
                fields.Signal.Append((sbyte)signal);
                fields.Source.Append((sbyte)source);
                fields.Name.Append(path.Name);
                fields.Type.Append(type);
            }
        }
    }
}
