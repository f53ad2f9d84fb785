namespace Observe.Fuzz.Mutation;

/// <summary>Where a field stands in a message.</summary>
/// <param name="Start">Of its tag.</param>
/// <param name="ValueStart">Of its value: of the length, when it has one.</param>
/// <param name="ContentStart">Of what follows the length; the same as <paramref name="ValueStart"/> when it has none.</param>
/// <param name="End">After its last byte.</param>
/// <param name="Type">Its wire type.</param>
internal readonly record struct FieldSpan(int Start, int ValueStart, int ContentStart, int End, int Type)
{
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int LengthDelimited = 2;
    public const int Fixed32 = 5;

    public int Length => End - Start;

    public int ContentLength => End - ContentStart;
}
