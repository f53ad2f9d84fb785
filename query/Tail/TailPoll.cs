using System.Globalization;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Fields;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Tail;

/// <summary>Asks the engine for the records that arrived since the last time and match a filter.</summary>
/// <remarks>
/// The engine numbers inserts, and the tables keep the number of each row's (<c>_block_number</c>, migration 010). One insert after the other gets its number
/// when it becomes visible, so everything after a number is what arrived since, in whatever order of time.
/// <code>
/// parts with inserts after the last number ──1──► count by insert ──2──► the latest records within the rate ──3──► are all these parts still there?
///            ▲                                                                                                             │ no: a merge replaced one
///            └─────────────────────────────────────────────────────────────────────────────────────────────────────────────┘ yes: the batch
/// </code>
/// Only parts that hold something new are read. Should a merge replace one between the list and the reading, its rows would be missing: so the list is made
/// again afterwards, and a part that is gone means asking again.
/// </remarks>
internal sealed class TailPoll(IQueryEngine engine, RecordReader records, IFieldTypes fieldTypes, ParsedQuery query, TimeProvider time)
{
    /// <summary>What a matching record took the last time: one filter may want only the largest.</summary>
    private double _recordBytes;

    /// <returns>Null when nothing arrived, or a merge ran each time it was tried; then the next poll finds it.</returns>
    public async Task<TailBatch?> RunAsync(long after, int limit, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < TailLimits.MaxAttempts; attempt++)
        {
            IReadOnlyList<Part> parts = await Part.AfterAsync(engine, query.Signal, after, cancellationToken);
            if (parts.Count == 0)
            {
                return null;
            }

            // After the parts: what they have was noted before.
            FieldTypes types = await TypesAsync(cancellationToken);
            int fitting = Math.Min(limit, Fitting(parts));
            (long count, long from) = await CountAsync(parts, types, after, fitting, cancellationToken);
            (IReadOnlyList<TimedRecord> found, long bytes) = count == 0 || limit == 0 ? ([], 0) : await ReadAsync(parts, types, from, fitting, cancellationToken);
            IReadOnlyList<Part> still = await Part.AfterAsync(engine, query.Signal, after, cancellationToken);
            if (parts.All(part => still.Contains(part)))
            {
                IReadOnlyList<TimedRecord> inOrder = [.. found.OrderBy(record => record.Timestamp)];
                return new TailBatch(parts.Max(part => part.LastBlock), inOrder, bytes, count - inOrder.Count, fitting < limit, 0, []);
            }
        }

        return null;
    }

    /// <summary>How many records are about as much as a batch may take.</summary>
    private int Fitting(IReadOnlyList<Part> parts)
    {
        double stored = parts.Sum(part => part.Bytes) / Math.Max(1.0, parts.Sum(part => part.Rows));
        return (int)Math.Clamp(TailLimits.BatchBytes / Math.Max(1, Math.Max(stored, _recordBytes)), 1, int.MaxValue);
    }

    /// <summary>All matching rows, and the insert from which on there are enough of them: so that little more is read whole than is shown.</summary>
    private async Task<(long Count, long From)> CountAsync(IReadOnlyList<Part> parts, FieldTypes types, long after, int limit, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT toInt64(_block_number) AS Block, count() AS Count
            FROM {Rows(parameters, parts, types, after)}
            GROUP BY Block
            ORDER BY Block DESC
            """;
        long count = 0;
        long from = after;
        foreach (ResultBlock block in await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, Settings), cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                from = count < limit ? block["Block"].GetInt64(row) - 1 : from;
                count += (long)block["Count"].GetUInt64(row);
            }
        }

        return (count, from);
    }

    private async Task<(IReadOnlyList<TimedRecord> Records, long Bytes)> ReadAsync(
        IReadOnlyList<Part> parts, FieldTypes types, long after, int limit, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT {RecordColumns.Of(query.Signal)}
            FROM {Rows(parameters, parts, types, after)}
            ORDER BY _block_number DESC, Timestamp DESC
            LIMIT {parameters.Add((ulong)limit)}
            """;
        try
        {
            IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, Settings), cancellationToken);
            long bytes = blocks.Sum(block => (long)block.ByteCount);
            _recordBytes = (double)bytes / Math.Max(1, blocks.Sum(block => block.RowCount));
            return ([.. (await records.RecordsAsync(query.Signal, blocks, [], cancellationToken)).Cast<TimedRecord>()], bytes);
        }
        catch (StorageException e) when (e.Error == StorageError.MemoryLimit)
        {
            // The next poll asks for fewer, until there is memory for them: it would fail at the same records for ever.
            _recordBytes = TailLimits.MemoryFactor * Math.Max(_recordBytes, (double)TailLimits.BatchBytes / limit);
            throw;
        }
    }

    private async Task<FieldTypes> TypesAsync(CancellationToken cancellationToken)
    {
        if (query.Filter is null)
        {
            return FieldTypes.Unknown;
        }

        long now = TimeExpression.Now(time);
        var range = new TimeRange(now - TailLimits.FieldsNs, now);
        var compiler = new FilterCompiler(new FieldResolver(query.Signal, time), new ParameterBag(), range, range);
        compiler.Compile(query.Filter);
        return await fieldTypes.GetAsync(query.Signal, compiler.Fields, range, cancellationToken);
    }

    private string Rows(ParameterBag parameters, IReadOnlyList<Part> parts, FieldTypes types, long after)
    {
        // No part of a filter that the tail takes asks for a time of its own.
        var compiler = new FilterCompiler(new FieldResolver(query.Signal, time, types), parameters, default, default);
        string filter = query.Filter is null ? "" : $" AND {compiler.Compile(query.Filter)}";
        string names = string.Join(", ", parts.Where(part => part.LastBlock > after).Select(part => parameters.Add(part.Name)));
        return $"""
            {Correlation.IdLocator.TableOf(query.Signal)}
            WHERE _part IN ({names}) AND _block_number > {parameters.Add(after)}{filter}
            """;
    }

    /// <summary>One thread: nobody waits for a poll, and ingest has the other ones.</summary>
    private static IReadOnlyList<KeyValuePair<string, string>> Settings { get; } =
        [.. QueryLimits.Settings, new("max_threads", 1.ToString(CultureInfo.InvariantCulture))];
}
