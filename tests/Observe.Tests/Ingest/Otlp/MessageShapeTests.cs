using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;

namespace Observe.Tests.Ingest.Otlp;

/// <summary>The usual shape of an attribute is read without a loop: whatever its shape, the same must come out.</summary>
public sealed class MessageShapeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(300)]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(20_000)]
    public void KeyValue_AnyShape_GivesTheSameKeyAndValue(int length)
    {
        string text = new('x', length);
        byte[] usual = ProtoWriter.Message(w => w.String(1, "key").Sub(2, v => v.String(1, text)));
        byte[] turned = ProtoWriter.Message(w => w.Sub(2, v => v.String(1, text)).String(1, "key"));
        byte[] withUnknown = ProtoWriter.Message(w => w.String(1, "key").Sub(2, v => v.String(1, text).Varint(99, 5)).Varint(98, 7));
        byte[] longKey = ProtoWriter.Message(w => w.String(1, text).Sub(2, v => v.String(1, "value")));
        byte[] value = ProtoWriter.Message(w => w.String(1, text));
        byte[] padded = ProtoWriter.Message(w => w
            .String(1, "key").Append(0x12).Append((byte)(value.Length | 0x80), (byte)((value.Length >> 7) | 0x80), (byte)((value.Length >> 14) | 0x80), 0).Append(value));

        foreach (byte[] bytes in (byte[][])[usual, turned, withUnknown, padded])
        {
            var message = new KeyValueMessage(bytes);
            Assert.True(message.Key.SequenceEqual("key"u8));
            Assert.Equal(AnyValueKind.String, message.Value.Kind);
            Assert.Equal(length, message.Value.Content.Length);
        }

        Assert.Equal(length, new KeyValueMessage(longKey).Key.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void AnyValue_Int_GivesTheNumber(long number)
    {
        var value = new AnyValueMessage(ProtoWriter.Message(w => w.Int(3, number)));

        Assert.Equal((AnyValueKind.Int, number), (value.Kind, value.Int));
    }

    [Fact]
    public void AnyValue_TwoKinds_IsTheLast()
    {
        var value = new AnyValueMessage(ProtoWriter.Message(w => w.String(1, "a").Int(3, 5)));

        Assert.Equal((AnyValueKind.Int, 5L), (value.Kind, value.Int));
    }

    [Theory]
    [InlineData("0A03")]
    [InlineData("0A0361")]
    [InlineData("0A01611203")]
    [InlineData("0A0161128003")]
    [InlineData("0A01611280808080808080808080")]
    public void KeyValue_Cut_IsAnError(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);

        Assert.Throws<WireFormatException>(() => new KeyValueMessage(bytes).Key.Length);
    }

    /// <summary>Where the repeated fields lie is noted on the first walk: the order of fields must not matter.</summary>
    [Fact]
    public void RepeatedField_ScatteredAmongOthers_GivesAllInOrder()
    {
        byte[] bytes = ProtoWriter.Message(w => w
            .Fixed64(7, 1).Attribute(9, "a", v => v.Int(3, 1)).String(5, "name").Sub(11, e => e.String(2, "e1"))
            .Attribute(9, "b", v => v.Int(3, 2)).Sub(13, l => l.String(3, "l1")).Sub(11, e => e.String(2, "e2")).Attribute(9, "c", v => v.Int(3, 3)));
        var span = new SpanMessage(bytes);

        var seen = new List<string>();
        foreach (ReadOnlySpan<byte> attribute in span.Attributes)
        {
            seen.Add(System.Text.Encoding.UTF8.GetString(new KeyValueMessage(attribute).Key));
        }

        foreach (ReadOnlySpan<byte> e in span.Events)
        {
            seen.Add(System.Text.Encoding.UTF8.GetString(new SpanEventMessage(e).EventName));
        }

        foreach (ReadOnlySpan<byte> link in span.Links)
        {
            seen.Add(System.Text.Encoding.UTF8.GetString(new SpanLinkMessage(link).TraceState));
        }

        Assert.Equal(["a", "b", "c", "e1", "e2", "l1"], seen);
        Assert.False(span.Attributes.TryGetRun(out _));
        Assert.True(span.Links.TryGetRun(out _));
    }
}
