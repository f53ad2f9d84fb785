namespace Observe.Query.Language;

/// <summary>Where a query says that a field is.</summary>
public enum FieldPlace
{
    /// <summary>It does not say: a column of that name, else the record's attributes, its body and its resource.</summary>
    Any,

    /// <summary><c>attr.x</c></summary>
    Attribute,

    /// <summary><c>resource.x</c></summary>
    Resource,

    /// <summary><c>scope.x</c></summary>
    Scope,

    /// <summary><c>body.x</c></summary>
    Body,
}
