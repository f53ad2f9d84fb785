using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Observe.Query.Api.Formats;

/// <summary>RFC 4180: texts as they are, quoted where they must be; lists and objects as JSON; nothing for what is not there.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc4180</remarks>
internal sealed class CsvRowWriter : RowWriter
{
    private static readonly SearchValues<byte> MustQuote = SearchValues.Create(",\"\r\n"u8);

    private readonly ArrayBufferWriter<byte> _value = new();
    private readonly Utf8JsonWriter _writer;

    public CsvRowWriter() => _writer = new Utf8JsonWriter(_value, JsonAnswer.Options);

    public override void Dispose() => _writer.Dispose();

    protected override void WriteHead(IReadOnlyList<string> columns)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            Separate(i);
            WriteText(Encoding.UTF8.GetBytes(columns[i]));
        }

        Output.Write("\r\n"u8);
    }

    protected override void WriteRow(IReadOnlyList<string> columns, Action<Utf8JsonWriter, int> writeValue)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            Separate(i);
            writeValue(_writer, i);
            _writer.Flush();
            WriteJson(_value.WrittenSpan);
            _writer.Reset();
            _value.ResetWrittenCount();
        }

        Output.Write("\r\n"u8);
    }

    private void Separate(int column)
    {
        if (column > 0)
        {
            Output.Write(","u8);
        }
    }

    private void WriteJson(ReadOnlySpan<byte> json)
    {
        if (json.SequenceEqual("null"u8))
        {
            return;
        }

        if (json[0] != '"')
        {
            WriteText(json);
            return;
        }

        var reader = new Utf8JsonReader(json);
        reader.Read();
        byte[] text = ArrayPool<byte>.Shared.Rent(json.Length);
        WriteText(text.AsSpan(0, reader.CopyString(text)));
        ArrayPool<byte>.Shared.Return(text);
    }

    /// <summary>A text that is empty is quoted, so that it differs from nothing.</summary>
    private void WriteText(ReadOnlySpan<byte> text)
    {
        if (text.Length > 0 && !text.ContainsAny(MustQuote))
        {
            Output.Write(text);
            return;
        }

        Output.Write("\""u8);
        while (text.IndexOf((byte)'"') is >= 0 and int quote)
        {
            Output.Write(text[..(quote + 1)]);
            Output.Write("\""u8);
            text = text[(quote + 1)..];
        }

        Output.Write(text);
        Output.Write("\""u8);
    }
}
