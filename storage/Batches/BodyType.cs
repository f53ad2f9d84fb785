namespace Observe.Storage.Batches;

/// <summary>The kind of AnyValue that a log record's body was.</summary>
public enum BodyType : sbyte
{
    None = 0,
    String = 1,
    Bool = 2,
    Int = 3,
    Double = 4,
    Array = 5,
    Map = 6,
    Bytes = 7,
}
