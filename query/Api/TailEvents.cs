using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Observe.Query.Search;
using Observe.Query.Tail;

namespace Observe.Query.Api;

/// <summary>Batches as the text of server-sent events.</summary>
internal sealed class TailEvents(SearchSignal signal)
{
    /// <summary>A buffer that one batch of large records made larger is not kept for the hours that a viewer may stay.</summary>
    private const int KeptBytes = 1 << 20;

    private ArrayBufferWriter<byte> _buffer = new();

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public void Clear()
    {
        if (_buffer.Capacity > KeptBytes)
        {
            _buffer = new ArrayBufferWriter<byte>();
        }
        else
        {
            _buffer.ResetWrittenCount();
        }
    }

    /// <summary>Something at once, so that whoever waits for the answer to begin knows that it has; and where to go on should nothing arrive.</summary>
    public void Begin(TailSubscription subscription)
    {
        Text($": {RecordFields.Lower(signal)} as they arrive\nretry: 2000\nid: {Number(subscription.Position)}\n\n");
        foreach (string notice in subscription.Notices)
        {
            Notice(0, "query", notice, null);
        }
    }

    public void Heartbeat() => Text(": nothing arrived\n\n");

    public void Add(TailBatch batch)
    {
        var notices = new List<Action<long?>>();
        if (batch.PassedOverSlow > 0)
        {
            Notice(batch.PassedOverSlow, "slow", $"{Number(batch.PassedOverSlow)} records were passed over, because this connection is read more slowly than they arrive.", null);
        }

        if (batch.PassedOver > 0)
        {
            (string reason, string why) = batch.IsCutBySize
                ? ("size", $"those shown take about {TailLimits.BatchBytes >> 20} MiB together. Narrow the query.")
                : ("rate", "more match than the rate shows. Narrow the query or raise rate.");
            notices.Add(id => Notice(batch.PassedOver, reason, $"{Number(batch.PassedOver)} records were passed over: {why}", id));
        }

        notices.AddRange(batch.Notices.Select<string, Action<long?>>(text => id => Notice(0, "query", text, id)));
        if (batch.Error is { } error)
        {
            notices.Add(id => Event("error", id, writer => writer.WriteString("detail", error)));
        }

        for (int i = 0; i < batch.Records.Count; i++)
        {
            Record(batch.Records[i], notices.Count == 0 && i == batch.Records.Count - 1 ? batch.Position : null);
        }

        for (int i = 0; i < notices.Count; i++)
        {
            notices[i](i == notices.Count - 1 ? batch.Position : null);
        }

        if (batch.Records.Count == 0 && notices.Count == 0)
        {
            // Without data no event is dispatched, but the id is remembered.
            Text($"id: {Number(batch.Position)}\n\n");
        }
    }

    private void Record(TimedRecord record, long? id)
    {
        Head("record", id);
        using (var writer = new Utf8JsonWriter(_buffer, JsonAnswer.Options))
        {
            RecordFields.WriteObject(writer, record);
        }

        Text("\n\n");
    }

    private void Notice(long passedOver, string reason, string detail, long? id) => Event("notice", id, writer =>
    {
        writer.WriteNumber("passedOver", passedOver);
        writer.WriteString("reason", reason);
        writer.WriteString("detail", detail);
    });

    private void Event(string name, long? id, Action<Utf8JsonWriter> write)
    {
        Head(name, id);
        using (var writer = new Utf8JsonWriter(_buffer, JsonAnswer.Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        Text("\n\n");
    }

    private void Head(string name, long? id) => Text(id is { } position ? $"event: {name}\nid: {Number(position)}\ndata: " : $"event: {name}\ndata: ");

    private void Text(string text) => Encoding.UTF8.GetBytes(text, _buffer);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
