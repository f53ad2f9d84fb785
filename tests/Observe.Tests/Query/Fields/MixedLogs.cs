using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Fields;

/// <summary>Logs whose attributes, bodies and resources have few names and every type, in the tables as ingestion would write them.</summary>
internal static class MixedLogs
{
    private const ushort Day = 20_455;

    /// <summary>Names that occur, each in some of the places with some of the types, and one that occurs nowhere.</summary>
    public static readonly string[] Names = ["a", "b.c", "d_ms", "text", "int", "double", "flag", "list", "mixed", "odd `name` \\ 'x'", "nowhere"];

    /// <summary>Texts as they may stand in a query and in a record.</summary>
    public static readonly string[] Texts = ["5", "5.0", "-3", "0.25", "true", "false", "red", "dark red", "", "250", "[5,6]"];

    public static async Task InsertAsync(IStorageEngine engine, Random random, int count, CancellationToken cancellationToken)
    {
        var logs = new LogBatch();
        var resources = new ResourceBatch();
        for (int i = 0; i < 8; i++)
        {
            resources.Day.Append(Day);
            resources.ResourceId.Append((ulong)i + 1);
            resources.ServiceName.Append($"s{i % 3}");
            resources.ServiceNamespace.Append("");
            resources.SchemaUrl.Append("");
            Json.Fill(resources.Attributes, Members(random, [0, 1, 3, 4]));
            resources.DroppedAttributesCount.Append(0);
        }

        for (int i = 0; i < count; i++)
        {
            int resource = random.Next(8);
            logs.Timestamp.Append(Seed.Base + (i * Seed.Second));
            logs.ObservedTimestamp.Append(0);
            logs.TraceId.Append([]);
            logs.SpanId.Append([]);
            logs.Flags.Append((uint)i);
            logs.SeverityNumber.Append(9);
            logs.SeverityText.Append("INFO");
            logs.EventName.Append("");
            logs.ServiceName.Append($"s{resource % 3}");
            logs.ResourceId.Append((ulong)resource + 1);
            logs.ScopeId.Append(1);
            logs.ScopeName.Append("lib");
            logs.BodyType.Append((sbyte)BodyType.Map);
            logs.Body.Append("{}");
            Json.Fill(logs.BodyFields, Members(random, [0, 2, 3]));
            Json.Fill(logs.Attributes, Members(random, [.. Enumerable.Range(0, Names.Length - 1)]));
            logs.DroppedAttributesCount.Append(0);
            logs.CorrelationIds.EndRow();
        }

        var fields = new FieldBatch();
        FieldSeed.Add(fields, Day, FieldSignal.Logs, FieldSource.Attribute, logs.Attributes);
        FieldSeed.Add(fields, Day, FieldSignal.Logs, FieldSource.Body, logs.BodyFields);
        FieldSeed.Add(fields, Day, FieldSignal.Logs, FieldSource.Resource, resources.Attributes);
        foreach (ColumnBatch batch in new ColumnBatch[] { resources, fields, logs })
        {
            await engine.InsertAsync(batch, null, cancellationToken);
        }
    }

    private static (string, object?)[] Members(Random random, int[] names) =>
        [.. names.Where(_ => random.Next(3) > 0).Select(i => (Names[i], Value(random, Names[i])))];

    private static object? Value(Random random, string name) => name switch
    {
        "text" => Text(random),
        "int" => random.NextInt64(-5, 6),
        "double" => random.Next(-4, 5) / 4.0,
        "flag" => random.Next(2) == 0,
        "list" => new[] { Text(random), Text(random) },
        "mixed" => new object?[] { Text(random), random.NextInt64(0, 9), random.Next(0, 9) / 2.0, random.Next(2) == 0, null },
        _ => random.Next(10) switch
        {
            0 => Text(random),
            1 => random.NextInt64(-5, 500),
            2 => random.Next(0, 40) / 4.0,
            3 => random.Next(2) == 0,
            4 => null,
            5 => new[] { Text(random), "red" },
            6 => new[] { 5L, random.NextInt64(0, 9) },
            7 => new[] { 0.25, random.Next(9) },
            8 => new object?[] { "red", 5L, null, true },
            _ => new Dictionary<string, object?>(),
        },
    };

    private static string Text(Random random) => Texts[random.Next(Texts.Length)];
}
