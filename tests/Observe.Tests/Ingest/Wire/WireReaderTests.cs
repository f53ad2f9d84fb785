using Observe.Ingest.Memory;
using Observe.Ingest.Wire;
using Observe.Storage.Columns;

namespace Observe.Tests.Ingest.Wire;

public sealed class WireReaderTests
{
    [Theory]
    [InlineData(0ul)]
    [InlineData(127ul)]
    [InlineData(128ul)]
    [InlineData(ulong.MaxValue)]
    public void ReadVarint_AnyLength_GivesTheNumber(ulong value)
    {
        var reader = new WireReader(ProtoWriter.Message(w => w.Varint(1, value)), "Test");

        Assert.Equal(8u, reader.ReadTag());
        Assert.Equal(value, reader.ReadVarint());
        Assert.Equal(0u, reader.ReadTag());
    }

    [Fact]
    public void ReadVarint_PaddedWithContinuationBytes_GivesTheNumber()
    {
        var reader = new WireReader([0x85, 0x80, 0x80, 0x80, 0x00], "Test");

        Assert.Equal(5ul, reader.ReadVarint());
    }

    /// <summary>Numbers of every length, plain and padded, at the end of the message and with bytes after them, which take different ways.</summary>
    [Fact]
    public void ReadVarint_EveryLengthWithAndWithoutBytesAfterIt_GivesTheNumber()
    {
        for (int length = 1; length <= 10; length++)
        {
            foreach (int pad in (int[])[0, 1, 2, 20])
            {
                foreach (bool padded in (bool[])[false, true])
                {
                    ulong expected = 0;
                    byte[] bytes = new byte[length + pad];
                    for (int i = 0; i < length; i++)
                    {
                        byte part = padded ? (byte)(i == 0 ? 0x55 : 0) : (byte)(i == 9 ? 1 : 0x2A + i);
                        expected |= (ulong)part << (7 * i);
                        bytes[i] = (byte)(i == length - 1 ? part : part | 0x80);
                    }

                    bytes.AsSpan(length).Fill(0xFF);
                    var reader = new WireReader(bytes, "Test");

                    Assert.Equal(expected, reader.ReadVarint());
                    Assert.Equal(length, reader.Position);
                }
            }
        }
    }

    [Theory]
    [InlineData("08FFFFFFFFFFFFFFFFFFFFFF01", "more than 10 bytes")]
    [InlineData("08", "ends within a number")]
    [InlineData("0880", "ends within a number")]
    [InlineData("0A05AABB", "5 bytes, but only 2 are left")]
    [InlineData("0AFFFFFFFFFFFFFFFFFF01", "18446744073709551615 bytes")]
    [InlineData("09000000", "needs 8 bytes, but only 3 are left")]
    [InlineData("0D000000", "needs 4 bytes, but only 3 are left")]
    [InlineData("00", "number 0")]
    [InlineData("FFFFFFFFFF01", "32 bits")]
    [InlineData("0E", "wire type 6")]
    [InlineData("0C", "ends a group that was not begun")]
    [InlineData("0B0801", "has no end")]
    public void Skip_MalformedField_SaysWhatIsWrong(string hex, string expected)
    {
        var e = Assert.Throws<WireFormatException>(() => SkipAll(Convert.FromHexString(hex)));

        Assert.StartsWith("Test is malformed at byte ", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Skip_UnknownFieldsOfEveryWireType_ReachesTheEnd()
    {
        byte[] group = [0x0B, 0x13, 0x18, 0x05, 0x14, 0x0C]; // group 1 { group 2 { 3: 5 } }
        Assert.Equal(5, SkipAll(ProtoWriter.Message(w => w.Varint(9, 1).Fixed64(9, 1).Fixed32(9, 1).Bytes(9, 1, 2).Append(group))));
    }

    [Fact]
    public void Skip_GroupsNestedTooDeep_IsAnError()
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)0x0B, 100_000)];

        Assert.Contains("nested", Assert.Throws<WireFormatException>(() => SkipAll(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RepeatedNumber_PackedAndSingleMixed_GivesAllInOrder()
    {
        byte[] message = ProtoWriter.Message(w => w.Varint(2, 1).Bytes(2, 2, 0x80, 0x01).Varint(3, 9).Bytes(2).Varint(2, 4));
        var numbers = new RepeatedNumber(message, 2, WireType.Varint, "Test");
        var values = new FixedColumn<ulong>("UInt64");
        numbers.AppendTo(values);

        Assert.Equal([1ul, 2, 128, 4], values.Values.ToArray());
        Assert.Equal(4, numbers.Count());
    }

    [Fact]
    public void RepeatedNumber_PackedFixedCutWithinAValue_IsAnError()
    {
        byte[] message = ProtoWriter.Message(w => w.Bytes(2, 1, 2, 3));

        Assert.Throws<WireFormatException>(() => new RepeatedNumber(message, 2, WireType.Fixed64, "Test").Count());
        Assert.Throws<WireFormatException>(() => new RepeatedNumber(message, 2, WireType.Fixed64, "Test").Bytes(new ByteScratch()).Length);
    }

    [Fact]
    public void RepeatedNumber_BytesOfAnyShape_AreTheValuesEndToEnd()
    {
        byte[] one = [1, 0, 0, 0, 0, 0, 0, 0];
        byte[] two = [2, 0, 0, 0, 0, 0, 0, 0];
        byte[] both = [.. one, .. two];
        byte[][] messages =
        [
            ProtoWriter.Message(w => w.Bytes(2, both)),
            ProtoWriter.Message(w => w.Varint(3, 9).Bytes(2).Bytes(2, both).Bytes(2)),
            ProtoWriter.Message(w => w.Bytes(2, one).Varint(3, 9).Bytes(2, two)),
            ProtoWriter.Message(w => w.Bytes(2, one).Fixed64(2, 2)),
            ProtoWriter.Message(w => w.Fixed64(2, 1).Bytes(2, two)),
            ProtoWriter.Message(w => w.Fixed64(2, 1).Fixed64(2, 2)),
        ];
        var copy = new ByteScratch();

        Assert.All(messages, message => Assert.Equal(both, new RepeatedNumber(message, 2, WireType.Fixed64, "Test").Bytes(copy).ToArray()));
        Assert.Empty(new RepeatedNumber(ProtoWriter.Message(w => w.Varint(3, 9)), 2, WireType.Fixed64, "Test").Bytes(copy).ToArray());
    }

    private static int SkipAll(byte[] bytes)
    {
        var reader = new WireReader(bytes, "Test");
        int fields = 0;
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            reader.Skip(tag);
            fields++;
        }

        return fields;
    }
}
