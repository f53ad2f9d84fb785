using System.Globalization;
using System.Text.Json;
using Observe.Tests.Hosting;

namespace Observe.Tests.Process;

/// <summary>Looks for the records of a <see cref="CountedLoad"/> in the engine and in the ledger.</summary>
internal static class CountedRecords
{
    /// <summary>Until what waits in the journals is stored.</summary>
    private static readonly TimeSpan Drained = TimeSpan.FromSeconds(60);

    /// <summary>After the load has ended: every record that was ever sent is stored, and once, and the ledger says the same.</summary>
    public static async Task VerifyAsync(ObserveProcess observe, CountedLoad load)
    {
        await DrainedAsync(observe);
        var faults = new List<string>();
        foreach (CountedTable table in CountedTable.All)
        {
            await CompareAsync(observe, load, table, faults);
        }

        foreach (CountedSignal signal in Enum.GetValues<CountedSignal>())
        {
            await CompareLedgerAsync(observe, load, signal, faults);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>The ledger, once nothing waits any more.</summary>
    public static Task<JsonDocument> DrainedAsync(ObserveProcess observe) => Eventually.GetAsync(
        "nothing waits in the journals",
        async () => await LedgerAsync(observe, null) is var answer && answer.GetProperty("total").GetProperty("waiting").GetInt64() == 0
            ? JsonDocument.Parse(answer.GetRawText())
            : null,
        Drained);

    /// <summary>The ledger of the last and the next hour.</summary>
    public static Task<JsonElement> LedgerAsync(ObserveProcess observe, CountedSignal? signal)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string of = signal is { } one ? $"&signal={NameOf(one)}" : "";
        return observe.GetJsonAsync($"/api/v1/ingest/ledger?from={Time(now.AddHours(-1))}&to={Time(now.AddHours(1))}{of}");
    }

    private static async Task CompareAsync(ObserveProcess observe, CountedLoad load, CountedTable table, List<string> faults)
    {
        IReadOnlyList<Dictionary<string, JsonElement>> rows = await observe.SqlAsync(
            $"SELECT toString(connection) AS connection, toString(count()) AS rows, toString(uniqExact(number)) AS numbers, "
            + $"toString(min(number)) AS first, toString(max(number)) AS last FROM ({table.Numbers(load.Run)}) GROUP BY connection");
        Dictionary<int, long[]> found = rows.ToDictionary(
            row => (int)Number(row["connection"]),
            row => (long[])[Number(row["rows"]), Number(row["numbers"]), Number(row["first"]), Number(row["last"])]);
        foreach (CountedConnection connection in load.Connections.Where(connection => connection.Signal == table.Signal))
        {
            long[] actual = found.GetValueOrDefault(connection.Number, [0, 0, 0, 0]);
            if (!actual.SequenceEqual([connection.Records, connection.Records, 1, connection.Records]))
            {
                faults.Add(
                    $"{table.Name}: connection {connection.Number} sent records 1 to {connection.Records}; stored are {actual[0]} rows with {actual[1]} numbers "
                    + $"from {actual[2]} to {actual[3]}. {await DetailsAsync(observe, load, table, connection)}");
            }
        }
    }

    private static async Task CompareLedgerAsync(ObserveProcess observe, CountedLoad load, CountedSignal signal, List<string> faults)
    {
        JsonElement total = (await LedgerAsync(observe, signal)).GetProperty("total");
        long sent = load.Connections.Where(connection => connection.Signal == signal).Sum(connection => connection.Records)
            * (signal == CountedSignal.Metrics ? CountedRequests.PointKinds : 1);
        long Of(string name) => total.GetProperty(name).GetInt64();
        if (Of("received") != sent || Of("stored") != sent || Of("rejected") != 0 || Of("quarantined") != 0 || Of("waiting") != 0 || !total.GetProperty("addsUp").GetBoolean())
        {
            faults.Add($"ledger of {signal}: {sent} records were sent; {total}");
        }
    }

    /// <summary>Which numbers are missing or there more than once, the first of them.</summary>
    private static async Task<string> DetailsAsync(ObserveProcess observe, CountedLoad load, CountedTable table, CountedConnection connection)
    {
        string numbers = $"SELECT number FROM ({table.Numbers(load.Run)}) WHERE connection = {connection.Number}";
        IReadOnlyList<Dictionary<string, JsonElement>> missing = await observe.SqlAsync(
            $"SELECT toString(number + 1) AS n FROM numbers({connection.Records}) WHERE number + 1 NOT IN ({numbers}) ORDER BY number LIMIT 20");
        IReadOnlyList<Dictionary<string, JsonElement>> several = await observe.SqlAsync(
            $"SELECT toString(number) AS n FROM ({numbers}) GROUP BY number HAVING count() > 1 ORDER BY number LIMIT 20");
        static string List(IReadOnlyList<Dictionary<string, JsonElement>> rows) => string.Join(", ", rows.Select(row => row["n"].GetString()));
        return $"Missing: {List(missing)}. More than once: {List(several)}.";
    }

    private static string NameOf(CountedSignal signal) => signal switch
    {
        CountedSignal.Logs => "logs",
        CountedSignal.Spans => "spans",
        _ => "metrics",
    };

    private static string Time(DateTimeOffset time) => Uri.EscapeDataString(time.UtcDateTime.ToString("O"));

    private static long Number(JsonElement text) => long.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
