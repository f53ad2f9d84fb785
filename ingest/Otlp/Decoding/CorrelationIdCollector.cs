using Observe.Ingest.Otlp.Messages;
using Observe.Storage.Columns;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>Collects a record's correlation ids while its attributes are decoded: each once, without the record's own trace and span id.</summary>
internal sealed class CorrelationIdCollector
{
    /// <summary>Longer values are text that stands under an odd key, not ids.</summary>
    private const int MaxLength = 128;

    /// <summary>A record with more has a list of things, and stands for none of them.</summary>
    private const int MaxCount = 32;

    private readonly byte[] _bytes = new byte[MaxLength * MaxCount];
    private readonly int[] _ends = new int[MaxCount + 1]; // the n-th id lies from _ends[n] to _ends[n + 1]
    private readonly byte[] _ownTraceId = new byte[RecordRules.TraceIdLength];
    private readonly byte[] _ownSpanId = new byte[RecordRules.SpanIdLength];
    private int _count;

    /// <summary>Begins a record.</summary>
    /// <param name="traceId">The record's own, or empty.</param>
    /// <param name="spanId">The record's own, or empty.</param>
    public void Begin(ReadOnlySpan<byte> traceId, ReadOnlySpan<byte> spanId)
    {
        _count = 0;
        Keep(traceId, _ownTraceId);
        Keep(spanId, _ownSpanId);
    }

    /// <summary>Takes the value if the key or the value itself says that it is an id.</summary>
    public void Offer(ReadOnlySpan<byte> key, in AnyValueMessage value)
    {
        if (value.Kind == AnyValueKind.String)
        {
            ReadOnlySpan<byte> text = value.Content;
            if (text.Length is > 0 and <= MaxLength && (CorrelationIdRules.IsIdKey(key) || CorrelationIdRules.LooksLikeId(text)))
            {
                Add(text);
            }
        }
        else if (value.Kind == AnyValueKind.Int && CorrelationIdRules.IsIdKey(key))
        {
            Span<byte> buffer = stackalloc byte[NumberText.MaxLength];
            Add(NumberText.Int(value.Int, buffer));
        }
    }

    /// <summary>Ends the record: appends its ids as one row.</summary>
    public void AppendTo(ArrayColumn<StringColumn> column)
    {
        for (int i = 0; i < _count; i++)
        {
            column.Elements.Append(Utf8Text.Valid(At(i)));
        }

        column.EndRow();
    }

    private void Add(ReadOnlySpan<byte> id)
    {
        if (_count == MaxCount || IsOwn(id, _ownTraceId) || IsOwn(id, _ownSpanId))
        {
            return;
        }

        for (int i = 0; i < _count; i++)
        {
            if (At(i).SequenceEqual(id))
            {
                return;
            }
        }

        int start = _ends[_count];
        id.CopyTo(_bytes.AsSpan(start));
        _ends[++_count] = start + id.Length;
    }

    private ReadOnlySpan<byte> At(int index) => _bytes.AsSpan(_ends[index].._ends[index + 1]);

    /// <summary>Whether an id is the text of the record's own.</summary>
    private static bool IsOwn(ReadOnlySpan<byte> id, ReadOnlySpan<byte> own)
    {
        if (id.Length != own.Length * 2)
        {
            return false;
        }

        Span<byte> hex = stackalloc byte[RecordRules.TraceIdLength * 2];
        return own.ContainsAnyExcept((byte)0)
            && Convert.TryToHexStringLower(own, hex, out int length)
            && System.Text.Ascii.EqualsIgnoreCase(id, hex[..length]);
    }

    /// <summary>Remembers an id of the record; zeros where it has none.</summary>
    private static void Keep(ReadOnlySpan<byte> id, Span<byte> own)
    {
        if (id.IsEmpty)
        {
            own.Clear();
        }
        else
        {
            id.CopyTo(own);
        }
    }
}
