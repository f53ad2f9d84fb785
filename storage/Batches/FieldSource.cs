namespace Observe.Storage.Batches;

/// <summary>Where a record has a field.</summary>
public enum FieldSource : sbyte
{
    Attribute = 1,
    Resource = 2,
    Scope = 3,
    Body = 4,
}
