using Observe.Query.Compilation.Targets;
using Observe.Query.Language;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>Compiles <c>patterns</c>: texts grouped by their shape, in which what varies is replaced.</summary>
internal static class PatternsCompiler
{
    /// <summary>What stands for a part that varies.</summary>
    public const string Variable = "<*>";

    /// <summary>Bytes of a text that its shape is taken from: beyond them stand stack traces and payloads.</summary>
    private const int MaxBytes = 4096;

    private const string MemberName = "\"([^\"\\n]*)\"\\s*:";

    /// <summary>What varies, the first that fits winning. One expression in one pass: one pass for each kind costs a microsecond a log more.</summary>
    private static readonly string Variables = string.Join('|',
    [
        """
        "[^"\n]*"|'[^'\n]*'
        """.Trim(),                                                                                     // quoted
        """[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}""",              // GUID
        """[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?""", // date and time
        """[0-9A-Za-z._%+-]+@[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)+""",                                      // e-mail address
        """\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?::[0-9]+)?\b""",                                            // IPv4 address, with a port
        """\b[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{0,4}){3,7}\b""",                                           // IPv6 address
        """\b0x[0-9a-fA-F]+\b|\b[0-9a-fA-F]{8,}\b""",                                                   // hexadecimal
        """\b[0-9A-Za-z]*[0-9][A-Za-z]+[0-9][0-9A-Za-z]*\b""",                                          // id of letters and digits
        """(?:\B[+-])?[0-9]+(?:[.,:][0-9]+)*(?:[eE][+-]?[0-9]+)?""",                                    // number; a sign after a word is a dash
    ]);

    public static PipelineState Compile(PipelineContext context, PipelineState state, PatternsStage stage)
    {
        FieldTarget field = state.Scope.Text(stage.Span);
        string time = state.Scope.RequireTime("patterns takes records: put it before the stages that make other rows.", stage.Span);
        string text = $"ifNull({field.AsText(context.Parameters)}, '')";
        string start = $"if(length({text}) > {MaxBytes}, toValidUTF8(left({text}, {MaxBytes})), {text})";
        string pattern = context.NextColumn(), count = context.NextColumn(), share = context.NextColumn();
        string first = context.NextColumn(), last = context.NextColumn(), example = context.NextColumn();


        // The names of members in JSON do not vary, and lose their quotes so that they are not taken for a quoted text.
        string named = $"if(position({start}, '\":') > 0, replaceRegexpAll({start}, {context.Parameters.Add(MemberName)}, '\\\\1:'), {start})";
        string grouped = state.Rows.Settled.Select(
            $"replaceRegexpAll({named}, {context.Parameters.Add(Variables)}, '{Variable}') AS {pattern}, count() AS {count}, "
            + $"min({time}) AS {first}, max({time}) AS {last}, any({start}) AS {example}") + $" GROUP BY {pattern}";
        PipelineScope scope = new PipelineScope(null)
            .With(context.Column("pattern", pattern, ValueKind.Text))
            .With(context.Column("count", count, ValueKind.Number))
            .With(context.Column("share", share, ValueKind.Number))
            .With(context.Column("first", first, ValueKind.Time))
            .With(context.Column("last", last, ValueKind.Time))
            .With(context.Column("example", example, ValueKind.Text));
        return new PipelineState(
            new PipelineRows($"(SELECT *, {count} / sum({count}) OVER () AS {share} FROM ({grouped}))") { Order = $"{count} DESC, {pattern}" }, scope, null);
    }
}
