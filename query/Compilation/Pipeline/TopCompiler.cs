using System.Globalization;
using Observe.Query.Compilation.Targets;
using Observe.Query.Language;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>Compiles what keeps the most frequent values apart and puts the others together: the stage <c>top</c> and the key <c>top(N, field)</c>.</summary>
internal sealed class TopCompiler(PipelineContext context, PipelineState state)
{
    /// <summary>What stands for all values that are not among the most frequent.</summary>
    public const string Other = "(other)";

    private readonly PipelineRows _rows = state.Rows.Settled;

    /// <summary>The stage: value, count and share, the most frequent first, and a row for all others. Rows without a value do not count.</summary>
    public PipelineState Stage(TopStage top)
    {
        FieldTarget target = context.Resolve(state.Scope, top.Field);
        string all = $"SELECT v, n, row_number() OVER (ORDER BY n DESC, v) AS place, sum(n) OVER () AS total FROM ({Counted(target)})";
        string most = Number(top.Count);
        string value = context.NextColumn(), count = context.NextColumn(), share = context.NextColumn(), place = context.NextColumn();
        string rows = $"SELECT if(least(place, {most} + 1) <= {most}, any(v), '{Other}') AS {value}, sum(n) AS {count}, {count} / any(total) AS {share}, least(place, {most} + 1) AS {place} FROM ({all}) GROUP BY {place}";
        PipelineScope scope = new PipelineScope(null)
            .With(context.Column(top.Field.FullName is "count" or "share" ? "value" : top.Field.FullName, value, ValueKind.Text, target))
            .With(context.Column("count", count, ValueKind.Number))
            .With(context.Column("share", share, ValueKind.Number));
        return new PipelineState(new PipelineRows($"({rows})") { Order = place }, scope, null);
    }

    /// <summary>The key: a value that is among the most frequent, <see cref="Other"/>, or NULL for rows without a value.</summary>
    public string Key(TopKey top)
    {
        FieldTarget target = context.Resolve(state.Scope, top.Field);
        string text = target.AsText(context.Parameters);
        return $"if({text} IS NULL, NULL, if(ifNull({text}, '') IN (SELECT v FROM ({Counted(target)}) ORDER BY n DESC, v LIMIT {Number(top.Count)}), {text}, '{Other}'))";
    }

    private string Counted(FieldTarget target) =>
        $"SELECT assumeNotNull(t) AS v, count() AS n FROM ({_rows.Select($"{target.AsText(context.Parameters)} AS t")}) WHERE t IS NOT NULL GROUP BY v";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
