namespace Observe.Storage.Batches;

/// <summary>The kind of number that a point was sent with.</summary>
public enum PointValueType : sbyte
{
    None = 0,
    Double = 1,
    Int = 2,
}
