using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Observe.Ingest.Otlp;
using Observe.MicroBench.Measure;
using Observe.MicroBench.Work;
using Observe.Storage;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Storage.Engine.Embedded;
using Observe.Storage.Schema;

namespace Observe.MicroBench.Commands;

/// <summary><c>engine</c>: what the engine spends on the batches that the decoder makes, merges included.</summary>
internal static class EngineCommand
{
    public static Command Create()
    {
        Option<string> signal = SignalOption.Create();
        var records = new Option<int>("--records") { Description = "Records of each signal.", DefaultValueFactory = _ => 1_000_000 };
        var rows = new Option<int>("--rows") { Description = "Records in a batch.", DefaultValueFactory = _ => 50_000 };
        var sql = new Option<string[]>("--sql") { Description = "Statements to run on the empty tables, to compare schemas.", DefaultValueFactory = _ => [] };
        // The command does not delete it: ext4 passes over inodes that were deleted in the last minutes one by one when it makes files, so that
        // a run would pay for the tidiness of the run before.
        var directory = new Option<DirectoryInfo>("--directory") { Description = "An empty or new directory for the engine; it stays.", Required = true };
        var command = new Command("engine", "Measure inserting and merging.") { signal, records, rows, sql, directory };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new StorageOptions { DataDirectory = parsed.GetValue(directory)!.FullName };
            await using var engine = new EmbeddedEngine(Options.Create(options), NullLogger<EmbeddedEngine>.Instance, TimeProvider.System);
            await engine.OpenAsync(cancellation);
            await new Migrator(engine, NullLogger<Migrator>.Instance).MigrateAsync(cancellation);
            foreach (string statement in parsed.GetValue(sql)!)
            {
                await engine.ExecuteAsync(new SqlStatement(statement), cancellation);
            }

            Console.WriteLine("| signal | validate | decode | engine until the last insert | engine after it | records a CPU-second | bytes a record on disk |");
            Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
            foreach (OtlpSignal each in SignalOption.SignalsOf(parsed.GetValue(signal)!))
            {
                Console.WriteLine(await MeasureAsync(engine, each, parsed.GetValue(records), parsed.GetValue(rows), cancellation));
            }
        });
        return command;
    }

    /// <summary>A line of the table; its times are microseconds of CPU a record.</summary>
    private static async Task<string> MeasureAsync(EmbeddedEngine engine, OtlpSignal signal, int records, int rows, CancellationToken cancellation)
    {
        var work = new SignalWork(signal, records, TimeProvider.System.GetUtcNow());
        work.Verify([work.Encode(0)]);
        var encode = new StepCost();
        var validate = new StepCost();
        var decode = new StepCost();

        // A batch that does not count: code is compiled, columns grow to their size, and the engine opens what it needs.
        await InsertAsync(0);
        await SettleAsync(engine, cancellation);
        encode = new StepCost();
        validate = new StepCost();
        decode = new StepCost();
        string[] tables = [.. work.RecordTables.Select(static table => table.Table)];
        long rowsBefore = await CountAsync(engine, tables, "sum(rows)", cancellation);
        long bytesBefore = await CountAsync(engine, tables, "sum(bytes_on_disk)", cancellation);
        TimeSpan started = CpuClock.Process;
        int perBatch = rows / SignalWork.RecordsPerRequest;
        for (int block = 0; block < records / SignalWork.RecordsPerRequest; block += perBatch)
        {
            await InsertAsync(block);
        }

        TimeSpan ours = encode.Cpu + validate.Cpu + decode.Cpu;
        TimeSpan inserted = CpuClock.Process - started - ours;
        await SettleAsync(engine, cancellation);
        TimeSpan merged = CpuClock.Process - started - ours - inserted;
        long stored = await CountAsync(engine, tables, "sum(rows)", cancellation) - rowsBefore;
        if (stored != records)
        {
            throw new InvalidOperationException($"Of {records} records of {signal} the engine has {stored}.");
        }

        long bytes = await CountAsync(engine, tables, "sum(bytes_on_disk)", cancellation) - bytesBefore;
        TimeSpan sum = validate.Cpu + decode.Cpu + inserted + merged;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {signal} | {Each(validate.Cpu):F2} | {Each(decode.Cpu):F2} | {Each(inserted):F2} | {Each(merged):F2} | {records / sum.TotalSeconds:N0} | {(double)bytes / records:F1} |");

        double Each(TimeSpan cpu) => cpu.TotalMicroseconds / records;

        async Task InsertAsync(int block)
        {
            byte[][] requests = encode.Run(() => Enumerable.Range(block, rows / SignalWork.RecordsPerRequest).Select(i => work.Encode(i)).ToArray());
            validate.Run(() => work.Validate(requests));
            decode.Run(() => work.Decode(requests));
            work.Batch.Finish();
            foreach (ColumnBatch table in work.Batch.Tables)
            {
                await engine.InsertAsync(table, null, cancellation);
            }

            work.Batch.Commit();
        }
    }

    /// <summary>Waits until the engine merges nothing any more.</summary>
    private static async Task SettleAsync(EmbeddedEngine engine, CancellationToken cancellation)
    {
        for (int quiet = 0; quiet < 10;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), cancellation);
            long merges = (await engine.QueryAllAsync(new SqlStatement("SELECT count() AS c FROM system.merges"), cancellation))[0]["c"].GetInt64(0);
            quiet = merges == 0 ? quiet + 1 : 0;
        }
    }

    private static async Task<long> CountAsync(EmbeddedEngine engine, string[] tables, string what, CancellationToken cancellation)
    {
        string names = string.Join(", ", tables.Select(SqlText.QuoteString));
        var statement = new SqlStatement($"SELECT {what} AS c FROM system.parts WHERE active AND database = currentDatabase() AND table IN ({names})");
        return (await engine.QueryAllAsync(statement, cancellation))[0]["c"].GetInt64(0);
    }
}
