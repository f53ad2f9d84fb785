using System.Text.Json;
using System.Text.RegularExpressions;
using Observe.Query.Language;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary>Fields from the parts of a text.</summary>
internal static partial class ReferenceParse
{
    /// <summary>The captured parts by name where the template is found; null where it is not.</summary>
    public static IReadOnlyDictionary<string, string>? Template(ParseTemplate template, string text)
    {
        for (int start = 0; start <= text.Length; start++)
        {
            var captures = new Dictionary<string, string>();
            if (Fits(template.Parts, 0, text, start, captures))
            {
                return captures;
            }
        }

        return null;
    }

    /// <summary>A member of a JSON object: texts as they are, anything else as JSON. A name with dots is one name, else a path.</summary>
    public static string? Json(string text, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Member(document.RootElement, [name]) ?? Member(document.RootElement, name.Split('.'));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The value of <c>name=value</c> or <c>name="some value"</c>.</summary>
    public static string? Logfmt(string text, string name) => Pair().Matches(text)
        .Where(pair => pair.Groups["name"].Value == name).Select(pair => pair.Groups["quoted"].Success ? pair.Groups["quoted"].Value : pair.Groups["bare"].Value).LastOrDefault();

    /// <summary>Whether the parts from one on fit the text from a place on; a capture is as short as it can be, at the end as long as it can.</summary>
    private static bool Fits(IReadOnlyList<TemplatePart> parts, int index, string text, int start, Dictionary<string, string> captures)
    {
        if (index == parts.Count)
        {
            return true;
        }

        if (parts[index] is LiteralPart literal)
        {
            return string.CompareOrdinal(text, start, literal.Text, 0, literal.Text.Length) == 0
                && Fits(parts, index + 1, text, start + literal.Text.Length, captures);
        }

        var capture = (CapturePart)parts[index];
        bool isLongest = index == parts.Count - 1 || capture.Type == CaptureType.Number;
        IEnumerable<int> lengths = Enumerable.Range(0, text.Length - start + 1);
        foreach (int length in isLongest ? lengths.Reverse() : lengths)
        {
            string part = text.Substring(start, length);
            if (Takes(capture.Type, part) && Fits(parts, index + 1, text, start + length, captures))
            {
                captures[capture.Name ?? ""] = part;
                return true;
            }
        }

        return false;
    }

    private static bool Takes(CaptureType type, string part) => type switch
    {
        CaptureType.Word => part.Length > 0 && !part.Any(c => c is ' ' or '\t' or '\n' or '\r' or '\f'),
        CaptureType.Number => ReferenceNumber.OfText(part) is not null && part.Any(char.IsAsciiDigit),
        _ => true,
    };

    private static string? Member(JsonElement element, string[] path)
    {
        foreach (string name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => element.GetString(),
            _ => Raw(element),
        };
    }

    /// <summary>As JSON without spaces, numbers in their fewest digits.</summary>
    private static string Raw(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.TryGetInt64(out long integer) && !element.GetRawText().StartsWith("-0", StringComparison.Ordinal)
            ? ReferenceText.Of(integer)! : ReferenceText.Number(element.GetDouble()),
        JsonValueKind.String => ReferenceValue.Json(element.GetString()),
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Raw))}]",
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().Select(member => $"{ReferenceValue.Json(member.Name)}:{Raw(member.Value)}"))}}}",
        _ => element.GetRawText(),
    };

    [GeneratedRegex("(?:^| )(?<name>[a-z]+)=(?:\"(?<quoted>[^\"]*)\"|(?<bare>[^ ]*))")]
    private static partial Regex Pair();
}
