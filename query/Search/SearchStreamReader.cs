using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Observe.Query.Compilation;
using Observe.Query.Compilation.Pipeline;
using Observe.Query.Execution;
using Observe.Query.Fields;
using Observe.Query.Language;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Search;

/// <summary>Reads answers that go to a client as they come: of any length, in bounded memory.</summary>
internal sealed class SearchStreamReader(IQueryEngine engine, RecordReader records, StreamedRows rows, IOptions<QueryOptions> options, TimeProvider time)
{
    /// <param name="request">What was asked, with a limit that streams may have.</param>
    /// <param name="query">Its query.</param>
    /// <param name="compiled">The query for the whole range, and one row more than the limit.</param>
    /// <param name="types">With which it was compiled.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public SearchStream Read(SearchRequest request, ParsedQuery query, CompiledPipeline compiled, FieldTypes types, CancellationToken cancellationToken)
    {
        IReadOnlyList<ResultField> computed = [.. compiled.Columns.Select(column => new ResultField(column.Name, ResultTable.TypeName(column.Kind, "")))];
        return compiled.Shape == PipelineShape.Records
            ? new SearchStream(compiled.Signal, computed, RecordsAsync(), null)
            : new SearchStream(compiled.Signal, [], null, TablesAsync());

        async IAsyncEnumerable<IReadOnlyList<SearchRecord>> RecordsAsync()
        {
            await foreach ((ResultBlock block, int count) in BlocksAsync(request, query, compiled, types, cancellationToken))
            {
                IReadOnlyList<SearchRecord> read = await records.RecordsAsync(compiled.Signal, [block], compiled.Columns, cancellationToken);
                yield return count == read.Count ? read : [.. read.Take(count)];
            }
        }

        async IAsyncEnumerable<ResultTable> TablesAsync()
        {
            bool isEmpty = true;
            await foreach ((ResultBlock block, int count) in BlocksAsync(request, query, compiled, types, cancellationToken))
            {
                yield return new ResultTable(compiled.Columns, [block], count);
                isEmpty = false;
            }

            if (isEmpty)
            {
                yield return new ResultTable(compiled.Columns, [], 0);
            }
        }
    }

    /// <summary>Blocks, and how many of their rows belong to the answer.</summary>
    /// <exception cref="StorageException">The engine failed, or the time for all slices is over.</exception>
    /// <exception cref="ResultLimitException">There are more rows than a whole answer may have.</exception>
    private async IAsyncEnumerable<(ResultBlock Block, int Rows)> BlocksAsync(
        SearchRequest request, ParsedQuery query, CompiledPipeline compiled, FieldTypes types, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerable<ResultBlock> blocks = compiled.IsLatestFirst && !compiled.HasWalk
            ? SlicedAsync(request, query, compiled, types, cancellationToken)
            : ReadAsync(compiled, compiled.Statement, cancellationToken);
        int limit = Math.Min(request.Limit, compiled.OwnLimit ?? int.MaxValue);
        int sent = 0;
        await foreach (ResultBlock block in blocks)
        {
            StreamedRows.Check(sent + block.RowCount, request);
            int taken = Math.Min(block.RowCount, limit - sent);
            if (taken > 0)
            {
                yield return (block, taken);
            }

            sent += taken;
        }
    }

    /// <summary>Rows in the order of time, slice by slice. Not for walks up traces, which each slice would begin anew.</summary>
    private async IAsyncEnumerable<ResultBlock> SlicedAsync(
        SearchRequest request, ParsedQuery query, CompiledPipeline compiled, FieldTypes types, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using IDisposable? kept = Question.Current?.Keep();
        long begun = time.GetTimestamp();
        int left = Math.Min(request.Limit, compiled.OwnLimit ?? int.MaxValue);
        StreamSlices slices = rows.Slices(query, types, request.Range);
        if (request.MustBeWhole)
        {
            StreamedRows.Check(await slices.CountAsync(cancellationToken), request);
        }

        while (left > 0 && await slices.NextAsync(cancellationToken) is { } slice)
        {
            int read = 0;
            long bytes = 0;
            SqlStatement statement = PipelineCompiler.Compile(query, slice, left - 1, time, types, request.Range).Statement;
            await foreach (ResultBlock block in ReadAsync(compiled, statement, cancellationToken))
            {
                // The engine has the limit for each slice anew.
                if (time.GetElapsedTime(begun) > options.Value.MaxStreamTime)
                {
                    throw new StorageException(
                        StorageError.TimeLimit, $"The answer took longer to read than {options.Value.MaxStreamTime} (Observe:Query:MaxStreamTime). Narrow the time range or the filter.");
                }

                read += block.RowCount;
                bytes += block.ByteCount;
                yield return block;
            }

            left -= read;
            slices.Note(read, bytes);
        }
    }

    private async IAsyncEnumerable<ResultBlock> ReadAsync(
        CompiledPipeline compiled, SqlStatement statement, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SqlStatement limited = compiled.IsLatestFirst ? statement with { Settings = [.. statement.Settings, .. QueryLimits.InOrderSettings] } : statement;
        await using QueryResult result = await engine.StreamAsync(limited, cancellationToken);
        while (await result.ReadBlockAsync(cancellationToken) is { } block)
        {
            if (block.RowCount > 0)
            {
                yield return block;
            }
        }
    }
}
