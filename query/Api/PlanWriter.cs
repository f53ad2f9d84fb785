using System.Text.Json;
using Observe.Query.Execution;

namespace Observe.Query.Api;

/// <summary>Statements and what they read, as JSON.</summary>
internal static class PlanWriter
{
    public static void WriteParameters(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        writer.WriteStartObject("parameters");
        foreach ((string name, string value) in parameters)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }

    public static void WritePlan(Utf8JsonWriter writer, StatementPlan plan)
    {
        writer.WriteNumber("estimatedRows", plan.EstimatedRows);
        writer.WriteStartArray("reads");
        foreach (TableRead read in plan.Reads)
        {
            writer.WriteStartObject();
            writer.WriteString("table", read.Table);
            WriteLeft(writer, "parts", read.SelectedParts, read.TotalParts);
            WriteLeft(writer, "granules", read.SelectedGranules, read.TotalGranules);
            writer.WriteStartArray("indexes");
            foreach (IndexUse index in read.Indexes)
            {
                Write(writer, index);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, IndexUse index)
    {
        writer.WriteStartObject();
        writer.WriteString("type", index.Type);
        if (index.Name is { } name)
        {
            writer.WriteString("name", name);
        }

        if (index.Condition.Length > 0)
        {
            writer.WriteString("condition", index.Condition);
        }

        WriteLeft(writer, "parts", index.SelectedParts, index.InitialParts);
        WriteLeft(writer, "granules", index.SelectedGranules, index.InitialGranules);
        writer.WriteEndObject();
    }

    private static void WriteLeft(Utf8JsonWriter writer, string name, long selected, long of)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("selected", selected);
        writer.WriteNumber("of", of);
        writer.WriteEndObject();
    }
}
