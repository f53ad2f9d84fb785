using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Observe.Query.Compilation;
using Observe.Query.Compilation.Pipeline;
using Observe.Query.Execution;
using Observe.Query.Fields;
using Observe.Query.Language;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Search;

/// <summary>Reads answers that go to a client as they come: of any length, in bounded memory.</summary>
internal sealed class SearchStreamReader(IQueryEngine engine, RecordReader records, IOptions<QueryOptions> options, TimeProvider time)
{
    /// <param name="query">What <paramref name="compiled"/> was made of.</param>
    /// <param name="compiled">For the whole range.</param>
    /// <param name="types">With which it was compiled.</param>
    /// <param name="range">The question's.</param>
    /// <param name="limit">The most rows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public SearchStream Read(
        ParsedQuery query, CompiledPipeline compiled, FieldTypes types, TimeRange range, int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<ResultField> computed = [.. compiled.Columns.Select(column => new ResultField(column.Name, ResultTable.TypeName(column.Kind, "")))];
        return compiled.Shape == PipelineShape.Records
            ? new SearchStream(compiled.Signal, computed, RecordsAsync(), null)
            : new SearchStream(compiled.Signal, [], null, TablesAsync());

        async IAsyncEnumerable<IReadOnlyList<SearchRecord>> RecordsAsync()
        {
            await foreach (ResultBlock block in BlocksAsync(query, compiled, types, range, limit, cancellationToken))
            {
                yield return await records.RecordsAsync(compiled.Signal, [block], compiled.Columns, cancellationToken);
            }
        }

        async IAsyncEnumerable<ResultTable> TablesAsync()
        {
            bool isEmpty = true;
            await foreach (ResultBlock block in BlocksAsync(query, compiled, types, range, limit, cancellationToken))
            {
                yield return new ResultTable(compiled.Columns, [block], int.MaxValue);
                isEmpty = false;
            }

            if (isEmpty)
            {
                yield return new ResultTable(compiled.Columns, [], 0);
            }
        }
    }

    /// <summary>Blocks that have rows. Rows in the order of time come slice by slice; others, and those for which the walk up a trace would be repeated, at once.</summary>
    /// <exception cref="StorageException">The engine failed, or the time for all slices is over.</exception>
    private async IAsyncEnumerable<ResultBlock> BlocksAsync(
        ParsedQuery query, CompiledPipeline compiled, FieldTypes types, TimeRange range, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!compiled.IsLatestFirst || compiled.HasWalk)
        {
            await foreach (ResultBlock block in ReadAsync(compiled.Statement, cancellationToken))
            {
                yield return block;
            }

            yield break;
        }

        using IDisposable? kept = Question.Current?.Keep();
        long begun = time.GetTimestamp();
        int left = Math.Min(limit, compiled.OwnLimit ?? int.MaxValue);
        var slices = new StreamSlices(range);
        while (left > 0 && slices.TryNext(out TimeRange slice))
        {
            if (time.GetElapsedTime(begun) > options.Value.MaxStreamTime)
            {
                throw new StorageException(
                    StorageError.TimeLimit, $"The answer took longer to read than {options.Value.MaxStreamTime} (Observe:Query:MaxStreamTime). Narrow the time range or the filter.");
            }

            int rows = 0;
            SqlStatement statement = PipelineCompiler.Compile(query, slice, left - 1, time, types).Statement;
            statement = statement with { Settings = [.. statement.Settings, .. QueryLimits.InOrderSettings] };
            await foreach (ResultBlock block in ReadAsync(statement, cancellationToken))
            {
                rows += block.RowCount;
                yield return block;
            }

            left -= rows;
            slices.Note(slice, rows);
        }
    }

    private async IAsyncEnumerable<ResultBlock> ReadAsync(SqlStatement statement, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using QueryResult result = await engine.StreamAsync(statement, cancellationToken);
        while (await result.ReadBlockAsync(cancellationToken) is { } block)
        {
            if (block.RowCount > 0)
            {
                yield return block;
            }
        }
    }
}
