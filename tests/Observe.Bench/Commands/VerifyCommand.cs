using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Observe.Bench.Commands;

/// <summary><c>verify</c>: asks Observe how much it has stored and what that takes on disk.</summary>
internal static class VerifyCommand
{
    /// <summary>Rows and bytes of the tables that hold records; replaced rows that no merge has dropped yet are still in the bytes.</summary>
    private const string Query =
        "SELECT table, sum(rows) AS rows, sum(bytes_on_disk) AS bytes, count() AS parts FROM system.parts "
        + "WHERE active AND database = 'observe' GROUP BY table ORDER BY table";

    public static Command Create()
    {
        Option<Uri> web = AddressText.Option("--web", "Address of the UI and API.", "http://127.0.0.1:4319");
        var command = new Command("verify", "Ask Observe how many records each table holds and what they take on disk.") { web };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = new HttpClient { BaseAddress = parsed.GetValue(web) };
            using HttpResponseMessage response = await client.PostAsJsonAsync("/api/v1/sql", new { sql = Query }, cancellation);
            string body = await response.Content.ReadAsStringAsync(cancellation);
            if (!response.IsSuccessStatusCode)
            {
                throw new BenchException($"Observe answered {(int)response.StatusCode}: {body}");
            }

            using JsonDocument answer = JsonDocument.Parse(body);
            Console.WriteLine($"{"table",-36}{"rows",14}{"bytes",16}{"B/row",9}{"parts",7}");
            foreach (JsonElement row in answer.RootElement.GetProperty("rows").EnumerateArray())
            {
                (long rows, long bytes, long parts) = (Number(row[1]), Number(row[2]), Number(row[3]));
                FormattableString line = $"{row[0].GetString(),-36}{rows,14:N0}{bytes,16:N0}{(double)bytes / Math.Max(rows, 1),9:N1}{parts,7:N0}";
                Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
            }

            return 0;
        });
        return command;
    }

    /// <summary>64-bit numbers come as text where JSON's readers would round them.</summary>
    private static long Number(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? long.Parse(value.GetString()!, CultureInfo.InvariantCulture)
        : value.GetInt64();
}
