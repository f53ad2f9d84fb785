using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Observe.Query.Search;
using Observe.Storage.Results;

namespace Observe.Query.Api.Formats;

/// <summary>Writes the rows of a streamed search as lines, with the same columns and values as the JSON answer has.</summary>
internal abstract class RowWriter : IDisposable
{
    /// <summary>Bytes after which what is written so far is handed on.</summary>
    private const int ChunkBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _chunk = new(2 * ChunkBytes);

    protected IBufferWriter<byte> Output => _chunk;

    public abstract void Dispose();

    /// <summary>The search's rows as bytes, a chunk at a time.</summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync(SearchStream search, CancellationToken cancellationToken) =>
        search.Table is not null ? TableAsync(search.Table, cancellationToken) : search.Signal switch
        {
            SearchSignal.Logs => RecordsAsync(search, RecordFields.Logs, cancellationToken),
            SearchSignal.Spans => RecordsAsync(search, RecordFields.Spans, cancellationToken),
            _ => RecordsAsync(search, RecordFields.Series, cancellationToken),
        };

    /// <summary>Before the first row.</summary>
    protected abstract void WriteHead(IReadOnlyList<string> columns);

    /// <summary>A row; <paramref name="writeValue"/> writes the value of one column as JSON.</summary>
    protected abstract void WriteRow(IReadOnlyList<string> columns, Action<Utf8JsonWriter, int> writeValue);

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> RecordsAsync<TRecord>(
        SearchStream search, IReadOnlyList<RecordField<TRecord>> fields, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TRecord : SearchRecord
    {
        string[] columns = [.. fields.Select(field => field.Name), .. search.Computed.Select(field => field.Name)];
        WriteHead(columns);
        await foreach (IReadOnlyList<SearchRecord> records in search.Records!.WithCancellation(cancellationToken))
        {
            foreach (SearchRecord record in records)
            {
                WriteRow(columns, (writer, i) =>
                {
                    if (i < fields.Count)
                    {
                        fields[i].Write(writer, (TRecord)record);
                    }
                    else
                    {
                        AnswerParts.WriteComputed(writer, search.Computed[i - fields.Count], record);
                    }
                });
                if (_chunk.WrittenCount >= ChunkBytes)
                {
                    yield return Take();
                }
            }
        }

        yield return Take();
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> TableAsync(
        IAsyncEnumerable<ResultTable> tables, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[]? columns = null;
        await foreach (ResultTable table in tables.WithCancellation(cancellationToken))
        {
            if (columns is null)
            {
                columns = [.. table.Columns.Select(column => column.Name)];
                WriteHead(columns);
            }

            foreach ((ResultBlock block, int row) in table.Rows)
            {
                WriteRow(columns, (writer, i) => AnswerParts.WriteCell(writer, table.Columns[i], block.Columns[i], row));
                if (_chunk.WrittenCount >= ChunkBytes)
                {
                    yield return Take();
                }
            }
        }

        yield return Take();
    }

    /// <summary>What is written so far; it is overwritten by what comes next.</summary>
    private ReadOnlyMemory<byte> Take()
    {
        ReadOnlyMemory<byte> written = _chunk.WrittenMemory;
        _chunk.ResetWrittenCount();
        return written;
    }
}
