using System.Text.Json;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Api;

/// <summary>What answers have in common.</summary>
internal static class AnswerParts
{
    public static void WriteColumn(Utf8JsonWriter writer, string name, string type)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("type", type);
        writer.WriteEndObject();
    }

    public static void WriteStatistics(Utf8JsonWriter writer, QueryStatistics statistics)
    {
        writer.WriteStartObject("stats");
        writer.WriteNumber("elapsedMs", Math.Round(statistics.Elapsed.TotalMilliseconds, 3));
        writer.WriteNumber("rowsRead", statistics.RowsRead);
        writer.WriteNumber("bytesRead", statistics.BytesRead);
        writer.WriteEndObject();
    }

    public static void WriteNotices(Utf8JsonWriter writer, IReadOnlyList<string> notices)
    {
        writer.WriteStartArray("notices");
        foreach (string notice in notices)
        {
            writer.WriteStringValue(notice);
        }

        writer.WriteEndArray();
    }

    public static void WriteObject<TRecord>(Utf8JsonWriter writer, IReadOnlyList<RecordField<TRecord>> fields, TRecord record)
    {
        writer.WriteStartObject();
        foreach (RecordField<TRecord> field in fields)
        {
            writer.WritePropertyName(field.Name);
            field.Write(writer, record);
        }

        writer.WriteEndObject();
    }

    /// <summary>The value that a query's stages computed for a record.</summary>
    public static void WriteComputed(Utf8JsonWriter writer, ResultField field, SearchRecord record)
    {
        object? value = record.Computed[field.Name];
        if (field.Type == "time" && value is long time)
        {
            writer.WriteStringValue(Rfc3339.Format(time));
        }
        else
        {
            JsonValue.Write(writer, value);
        }
    }

    /// <summary>A value of a table. An object's text is JSON already.</summary>
    public static void WriteCell(Utf8JsonWriter writer, ResultField field, ResultColumn column, int row)
    {
        if (field.Type == "object" && column.GetValue(row) is string json)
        {
            writer.WriteRawValue(json);
        }
        else
        {
            column.WriteJson(writer, row);
        }
    }
}
