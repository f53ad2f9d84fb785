using System.Text;

namespace Observe.Query.Language;

/// <summary>What <c>parse</c> takes apart a text with: <c>user &lt;user&gt; took &lt;ms:number&gt;ms</c>.</summary>
/// <param name="Parts">In the order of the text; a capture is never followed by another one directly.</param>
public sealed record ParseTemplate(IReadOnlyList<TemplatePart> Parts)
{
    /// <summary>The fields that it makes.</summary>
    public IEnumerable<CapturePart> Captures => Parts.OfType<CapturePart>().Where(capture => capture.Name is not null);

    /// <summary>Reads a template from the text between the quotes.</summary>
    /// <param name="text">Escapes resolved. <c>&lt;&lt;</c> stands for the character itself.</param>
    /// <param name="span">Where it stands in the query, for errors.</param>
    /// <exception cref="QuerySyntaxException">It is no template.</exception>
    internal static ParseTemplate Parse(string text, TextSpan span)
    {
        var parts = new List<TemplatePart>();
        var literal = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '<' || (i + 1 < text.Length && text[i + 1] == '<'))
            {
                i += text[i] == '<' ? 1 : 0;
                literal.Append(text[i]);
                continue;
            }

            int end = text.IndexOf('>', i);
            if (end < 0)
            {
                throw new QuerySyntaxException("In this template a < is not closed: write <name>, or << for the character itself.", span);
            }

            Flush(parts, literal);
            CapturePart capture = Capture(text[(i + 1)..end], span);
            if (parts is [.., CapturePart])
            {
                throw new QuerySyntaxException($"Something must stand between {parts[^1]} and {capture}, otherwise nobody knows where one ends.", span);
            }

            if (parts.OfType<CapturePart>().Any(other => other.Name is not null && other.Name == capture.Name))
            {
                throw new QuerySyntaxException($"The template names {capture.Name} twice.", span);
            }

            parts.Add(capture);
            i = end;
        }

        Flush(parts, literal);
        var template = new ParseTemplate(parts);
        return template.Captures.Any()
            ? template
            : throw new QuerySyntaxException("A template names at least one field, such as \"took <ms:number>ms\".", span);
    }

    public override string ToString() => string.Concat(Parts);

    private static void Flush(List<TemplatePart> parts, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            parts.Add(new LiteralPart(literal.ToString()));
            literal.Clear();
        }
    }

    private static CapturePart Capture(string text, TextSpan span)
    {
        int colon = text.LastIndexOf(':');
        string name = colon < 0 ? text : text[..colon];
        CaptureType type = (colon < 0 ? "text" : text[(colon + 1)..]) switch
        {
            "text" => CaptureType.Text,
            "number" => CaptureType.Number,
            "word" => CaptureType.Word,
            string other => throw new QuerySyntaxException($"A part of a template is text, number or word, not \"{other}\".", span),
        };
        return name switch
        {
            "_" => new CapturePart(null, type),
            "" => throw new QuerySyntaxException("A part of a template needs a name; <_> passes over something.", span),
            _ => new CapturePart(name, type),
        };
    }
}

/// <summary>A part of a template.</summary>
public abstract record TemplatePart;

/// <summary>Characters that the text must have here.</summary>
public sealed record LiteralPart(string Text) : TemplatePart
{
    public override string ToString() => Text.Replace("<", "<<", StringComparison.Ordinal);
}

/// <summary>Characters that become a field.</summary>
/// <param name="Name">Null for a part that is passed over, written <c>&lt;_&gt;</c>.</param>
/// <param name="Type">Which characters it takes.</param>
public sealed record CapturePart(string? Name, CaptureType Type) : TemplatePart
{
    public override string ToString() => $"<{Name ?? "_"}{Type switch { CaptureType.Number => ":number", CaptureType.Word => ":word", _ => "" }}>";
}

/// <summary>Which characters a part of a template takes.</summary>
public enum CaptureType
{
    /// <summary>Any, as few as possible.</summary>
    Text,

    /// <summary>A decimal number, with sign, fraction and exponent.</summary>
    Number,

    /// <summary>Any but white space.</summary>
    Word,
}
