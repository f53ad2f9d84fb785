using System.Globalization;
using System.Text;
using Observe.Query.Compilation.Targets;
using Observe.Query.Language;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>Compiles <c>parse</c>: fields from the parts of a text. A text that does not fit has none of them.</summary>
internal static class ParseCompiler
{
    /// <summary>How the column with all fields of a JSON or logfmt text is called.</summary>
    private const string Whole = "parsed";

    public static PipelineState Compile(PipelineContext context, PipelineState state, ParseTemplateStage stage)
    {
        PipelineScope scope = state.Scope;
        string groups = context.NextColumn();
        List<(string, string)> computed =
            [(groups, $"extractGroups({Text(context, state, stage.From, stage.Span)}, {context.Parameters.Add(Regex(stage.Template))})")];
        int place = 0;
        foreach (CapturePart capture in stage.Template.Parts.OfType<CapturePart>())
        {
            if (capture.Name is null)
            {
                continue;
            }

            string group = string.Create(CultureInfo.InvariantCulture, $"{groups}[{++place}]");
            string column = context.NextColumn();
            computed.Add((column, capture.Type == CaptureType.Number ? $"toFloat64OrNull({group})" : $"if(empty({groups}), NULL, {group})"));
            scope = scope.With(context.Column(capture.Name, column, capture.Type == CaptureType.Number ? ValueKind.Number : ValueKind.Text));
        }

        return state.Add(computed, scope, stage.Template.Captures.Select(capture => capture.Name!));
    }

    public static PipelineState Compile(PipelineContext context, PipelineState state, ParseFormatStage stage)
    {
        string source = context.NextColumn();
        string whole = context.NextColumn();
        string text = Text(context, state, stage.From, stage.Span);
        List<(string, string)> computed = [];
        Func<string, FieldTarget> find;
        if (stage.Format == ParseFormat.Json)
        {
            computed.Add((source, text));
            computed.Add((whole, $"if(JSONType({source}) = 'Object', {source}, NULL)"));
            find = name => new ParsedTextTarget(JsonMember(context.Parameters, source, name));
        }
        else
        {
            computed.Add((source, $"extractKeyValuePairs({text}, '=', ' ', '\"')"));
            computed.Add((whole, $"if(empty({source}), NULL, toJSONString({source}))"));
            find = name =>
            {
                string key = context.Parameters.Add(name);
                return new ParsedTextTarget($"if(mapContains({source}, {key}), {source}[{key}], NULL)");
            };
        }

        return state.Add(computed, state.Scope.With(context.Column(Whole, whole, ValueKind.Json), find), Whole);
    }

    /// <summary>A member as text: strings without their quotes, anything else as JSON, in which the engine escapes every slash. A name with dots is looked for as it is, then as a path.</summary>
    private static string JsonMember(ParameterBag parameters, string source, string name)
    {
        string flat = Member([parameters.Add(name)]);
        string[] path = name.Split('.');
        return path.Length == 1 ? flat : $"coalesce({flat}, {Member(path.Select(parameters.Add))})";

        string Member(IEnumerable<string> path)
        {
            string arguments = $"{source}, {string.Join(", ", path)}";
            return $"multiIf(JSONType({arguments}) = 'Null', NULL, JSONType({arguments}) = 'String', JSONExtractString({arguments}), replaceAll(JSONExtractRaw({arguments}), '\\\\/', '/'))";
        }
    }

    /// <summary>Never NULL.</summary>
    private static string Text(PipelineContext context, PipelineState state, FieldName? from, TextSpan span)
    {
        FieldTarget target = from is null ? state.Scope.Text(span) : context.Resolve(state.Scope, from);
        return $"ifNull({target.AsText(context.Parameters)}, '')";
    }

    /// <summary>A regular expression with a group for each field. Literal parts are escaped; the text may begin and end with anything else.</summary>
    private static string Regex(ParseTemplate template)
    {
        var regex = new StringBuilder("(?s)");
        for (int i = 0; i < template.Parts.Count; i++)
        {
            if (template.Parts[i] is LiteralPart literal)
            {
                regex.Append(TextPattern.Escape(literal.Text));
                continue;
            }

            var capture = (CapturePart)template.Parts[i];
            bool isLast = i == template.Parts.Count - 1;
            string pattern = capture.Type switch
            {
                CaptureType.Number => "[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?",
                CaptureType.Word => isLast ? "\\S+" : "\\S+?",
                _ => isLast ? ".*" : ".*?",
            };
            regex.Append(capture.Name is null ? $"(?:{pattern})" : $"({pattern})");
        }

        return regex.ToString();
    }
}
