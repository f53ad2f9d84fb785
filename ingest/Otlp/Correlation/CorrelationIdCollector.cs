using System.Runtime.CompilerServices;
using Observe.Ingest.Otlp.Messages;
using Observe.Storage.Columns;
using Observe.Storage.Correlation;

namespace Observe.Ingest.Otlp.Correlation;

/// <summary>
/// Collects a record's correlation ids while it is decoded: each once, in its <see cref="CanonicalId"/> form, without the record's own trace and span id.
/// </summary>
internal sealed class CorrelationIdCollector(CorrelationIdOptions options)
{
    /// <summary>A record with more has a list of things, and stands for none of them.</summary>
    private const int MaxCount = 32;

    /// <summary>So that a text with a list of ids leaves room for those of the attributes.</summary>
    private const int MaxCountOfText = 16;

    private readonly IdKeys _keys = new(options);
    private readonly byte[] _bytes = new byte[CanonicalId.MaxLength * MaxCount];
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

    /// <summary>Takes the value if the key or the value itself says that it is an id; of a list each text and number.</summary>
    /// <param name="key">The whole path, with dots between the keys of maps.</param>
    /// <param name="value">A leaf.</param>
    /// <remarks>Most attributes are none, and are told from what may be one by the last letter of the key and the length of the value.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Offer(ReadOnlySpan<byte> key, in AnyValueMessage value)
    {
        if (value.Content.Length >= IdShape.MinLength || _keys.MayBeId(key, plural: value.Kind == AnyValueKind.Array))
        {
            Examine(key, value);
        }
    }

    /// <summary>Takes the ids that stand in a log's text.</summary>
    public void OfferBody(ReadOnlySpan<byte> text)
    {
        if (!options.FromBodies)
        {
            return;
        }

        int position = 0;
        for (int i = 0; i < MaxCountOfText && IdText.TryNext(text, ref position, out ReadOnlySpan<byte> id); i++)
        {
            Add(id);
        }
    }

    /// <summary>Takes the trace that a span is linked with.</summary>
    public void OfferLink(ReadOnlySpan<byte> traceId)
    {
        if (!traceId.IsEmpty)
        {
            AddHex(traceId);
        }
    }

    /// <summary>Ends the record: appends its ids as one row.</summary>
    public void AppendTo(ArrayColumn<StringColumn> column)
    {
        for (int i = 0; i < _count; i++)
        {
            column.Elements.Append(Decoding.Utf8Text.Valid(At(i)));
        }

        column.EndRow();
    }

    private void Examine(ReadOnlySpan<byte> key, in AnyValueMessage value)
    {
        switch (value.Kind)
        {
            case AnyValueKind.String:
                OfferText(key, value.Content, plural: false);
                break;
            case AnyValueKind.Int when _keys.MayBeId(key):
                OfferNumber(key, value.Int, plural: false);
                break;
            case AnyValueKind.Bytes when _keys.MayBeId(key):
                OfferBytes(key, value.Content);
                break;
            case AnyValueKind.Array:
                OfferElements(key, value);
                break;
            default:
                break;
        }
    }

    private void OfferText(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text, bool plural)
    {
        bool isFound = IdShape.TryFind(text, out ReadOnlySpan<byte> id);
        if (!isFound && (text.Length is 0 or > CanonicalId.MaxLength || !_keys.MayBeId(key, plural)))
        {
            return;
        }

        switch (_keys.Of(key, plural))
        {
            case IdKey.Id when isFound:
            case IdKey.Unsaid when isFound:
                Add(id);
                break;
            case IdKey.Id when !IsNothing(text):
                Add(text);
                break;
            default:
                break;
        }
    }

    private void OfferNumber(ReadOnlySpan<byte> key, long number, bool plural)
    {
        // What stands for "none" in numbers.
        if (number is not (0 or -1) && _keys.Of(key, plural) == IdKey.Id)
        {
            Span<byte> buffer = stackalloc byte[Decoding.NumberText.MaxLength];
            Add(Decoding.NumberText.Int(number, buffer));
        }
    }

    private void OfferBytes(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is RecordRules.TraceIdLength or RecordRules.SpanIdLength && _keys.Of(key, plural: false) == IdKey.Id)
        {
            AddHex(bytes);
        }
    }

    private void OfferElements(ReadOnlySpan<byte> key, in AnyValueMessage list)
    {
        int count = 0;
        foreach (ReadOnlySpan<byte> bytes in list.Elements)
        {
            if (++count > MaxCount)
            {
                return;
            }

            var element = new AnyValueMessage(bytes);
            if (element.Kind == AnyValueKind.String)
            {
                OfferText(key, element.Content, plural: true);
            }
            else if (element.Kind == AnyValueKind.Int && _keys.MayBeId(key, plural: true))
            {
                OfferNumber(key, element.Int, plural: true);
            }
        }
    }

    /// <summary>What senders write where they have no id.</summary>
    private static bool IsNothing(ReadOnlySpan<byte> text) => (text[0] | 0x20) switch
    {
        'n' => Same(text, "null"u8) || Same(text, "none"u8) || Same(text, "nil"u8) || Same(text, "n/a"u8),
        'u' => Same(text, "undefined"u8) || Same(text, "unknown"u8),
        '0' | 0x20 => text.Length == 1,
        '-' | 0x20 => !text.ContainsAnyExcept((byte)'-') || text.SequenceEqual("-1"u8),
        _ => false,
    };

    private static bool Same(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => System.Text.Ascii.EqualsIgnoreCase(text, word);

    private void AddHex(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hex = stackalloc byte[RecordRules.TraceIdLength * 2];
        if (bytes.ContainsAnyExcept((byte)0) && Convert.TryToHexStringLower(bytes, hex, out int length))
        {
            Add(hex[..length]);
        }
    }

    private void Add(ReadOnlySpan<byte> id)
    {
        if (_count == MaxCount)
        {
            return;
        }

        int start = _ends[_count];
        Span<byte> room = _bytes.AsSpan(start);
        if (!CanonicalId.TryWrite(id, room, out int length))
        {
            return;
        }

        ReadOnlySpan<byte> canonical = room[..length];
        if (IsOwn(canonical, _ownTraceId) || IsOwn(canonical, _ownSpanId))
        {
            return;
        }

        for (int i = 0; i < _count; i++)
        {
            if (At(i).SequenceEqual(canonical))
            {
                return;
            }
        }

        _ends[++_count] = start + length;
    }

    private ReadOnlySpan<byte> At(int index) => _bytes.AsSpan(_ends[index].._ends[index + 1]);

    /// <summary>Whether an id is the text of the record's own.</summary>
    private static bool IsOwn(ReadOnlySpan<byte> canonical, ReadOnlySpan<byte> own)
    {
        if (canonical.Length != own.Length * 2)
        {
            return false;
        }

        Span<byte> hex = stackalloc byte[RecordRules.TraceIdLength * 2];
        return own.ContainsAnyExcept((byte)0) && Convert.TryToHexStringLower(own, hex, out int length) && canonical.SequenceEqual(hex[..length]);
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
