namespace Observe.Query.PromQL.Language;

/// <summary>How types are called in messages.</summary>
internal static class ExpressionTypes
{
    public static string Name(this ExpressionType type) => type switch
    {
        ExpressionType.Scalar => "number",
        ExpressionType.InstantVector => "instant vector",
        ExpressionType.RangeVector => "range vector",
        ExpressionType.String => "text",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type."),
    };

    /// <summary>With its article: a number, an instant vector.</summary>
    public static string Phrase(this ExpressionType type) => (type == ExpressionType.InstantVector ? "an " : "a ") + type.Name();
}
