namespace Observe.Ingest.Wire;

/// <summary>The low three bits of a tag: how the field's value is laid out.</summary>
/// <remarks>Constants, not an enum, so that a message's tags are constants too: <c>(field &lt;&lt; 3) | type</c>.</remarks>
internal static class WireType
{
    public const uint Varint = 0;
    public const uint Fixed64 = 1;
    public const uint LengthDelimited = 2;
    public const uint StartGroup = 3;
    public const uint EndGroup = 4;
    public const uint Fixed32 = 5;
}
