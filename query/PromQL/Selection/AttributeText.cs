using System.Globalization;
using System.Text.Json;

namespace Observe.Query.PromQL.Selection;

/// <summary>An attribute's value as a label has it: text.</summary>
internal static class AttributeText
{
    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value),
    };
}
