namespace Observe.Bench.Shop;

/// <summary>OTLP's span kinds, by their numbers on the wire.</summary>
internal enum CallKind : byte
{
    Internal = 1,
    Server = 2,
    Client = 3,
    Producer = 4,
    Consumer = 5,
}
