using System.Text;

namespace Observe.Query.PromQL.Language;

/// <summary>Writes a selector's name and matchers, the matchers in alphabetical order, for their order has no meaning.</summary>
internal static class SelectorPrinter
{
    public static void Write(StringBuilder text, VectorSelector selector)
    {
        // Beside a matcher of the name itself, the name stands in the braces, too.
        bool isBare = selector.Name is not null && Keywords.IsBareMetric(selector.Name)
            && selector.Matchers.All(matcher => matcher.Name != LabelMatcher.MetricName);
        IEnumerable<string> parts = selector.Matchers.Select(Print).Order(StringComparer.Ordinal);
        if (isBare)
        {
            text.Append(selector.Name);
        }
        else if (selector.Name is not null)
        {
            parts = parts.Prepend(Quote(selector.Name));
        }

        if (!isBare || selector.Matchers.Count > 0)
        {
            text.Append('{').AppendJoin(',', parts).Append('}');
        }
    }

    private static string Print(LabelMatcher matcher) =>
        $"{(Keywords.IsBareLabel(matcher.Name) ? matcher.Name : Quote(matcher.Name))}{matcher.Operator.Symbol()}{Quote(matcher.Value)}";

    private static string Quote(string value)
    {
        var text = new StringBuilder();
        StringText.WriteQuoted(text, value);
        return text.ToString();
    }
}
