namespace Observe.Query.Search;

/// <summary>What a resource or a scope says about all the records that refer to it.</summary>
/// <param name="Version">A scope's; empty for a resource.</param>
internal sealed record ReferencedAttributes(
    string Version, string SchemaUrl, IReadOnlyDictionary<string, object?> Attributes, uint DroppedAttributesCount)
{
    public static readonly ReferencedAttributes Unknown = new("", "", new Dictionary<string, object?>(), 0);
}
