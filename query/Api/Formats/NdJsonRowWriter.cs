using System.Buffers;
using System.Text.Json;

namespace Observe.Query.Api.Formats;

/// <summary>A JSON object for each row, each on a line of its own.</summary>
internal sealed class NdJsonRowWriter : RowWriter
{
    private readonly Utf8JsonWriter _writer;

    public NdJsonRowWriter() => _writer = new Utf8JsonWriter(Output, JsonAnswer.Options);

    public override void Dispose() => _writer.Dispose();

    protected override void WriteHead(IReadOnlyList<string> columns)
    {
    }

    protected override void WriteRow(IReadOnlyList<string> columns, Action<Utf8JsonWriter, int> writeValue)
    {
        _writer.WriteStartObject();
        for (int i = 0; i < columns.Count; i++)
        {
            _writer.WritePropertyName(columns[i]);
            writeValue(_writer, i);
        }

        _writer.WriteEndObject();
        _writer.Flush();
        _writer.Reset();
        Output.Write("\n"u8);
    }
}
