using System.Globalization;
using Observe.Query.Compilation.Targets;
using Observe.Query.Language;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>Compiles <c>stats</c>: groups, what is computed of them, and the bins of time in which nothing happened.</summary>
internal sealed class StatsCompiler(PipelineContext context, PipelineState state)
{
    private PipelineRows _rows = state.Rows.Settled;
    private readonly PipelineScope _scope = state.Scope;
    private readonly List<string> _select = [];
    private readonly List<string> _groups = [];
    private readonly List<string> _orders = [];
    private readonly List<PipelineColumn> _columns = [];
    private TimeBins? _bins;
    private string? _bin;

    public PipelineState Compile(StatsStage stats)
    {
        foreach (GroupKeyNode key in stats.Keys)
        {
            Key(key);
        }

        string seconds = _bins is null ? ParameterBag.Constant(Math.Max(context.Range.Duration.TotalSeconds, 1e-3)) : _bins.Seconds(_bin!);
        var aggregates = new AggregateCompiler(context, _scope);
        foreach (AggregateNode aggregate in stats.Aggregates)
        {
            (string sql, ValueKind kind) = aggregates.Compile(aggregate, seconds);
            Add(aggregate.Name?.Name ?? StagePrinter.Print(aggregate), sql, kind, aggregate.Span);
        }

        PipelineRows rows = _bins is null
            ? new PipelineRows($"({Grouped})")
            : new PipelineRows(Filled(_bins, _bin!)) { Computed = [(TimeColumn, TimeBins.Time(_bin!))] };
        return new PipelineState(
            rows with { Order = _orders.Count == 0 ? null : string.Join(", ", _orders) },
            _columns.Aggregate(new PipelineScope(null), (scope, column) => scope.With(column)),
            null);
    }

    private string TimeColumn => $"{_bin}t";

    private string Grouped => _rows.Select(string.Join(", ", _select)) + (_groups.Count == 0 ? "" : $" GROUP BY {string.Join(", ", _groups)}");

    /// <summary>The groups, and those of each combination of the other keys in bins in which nothing happened.</summary>
    private string Filled(TimeBins bins, string bin)
    {
        string[] others = [.. _groups.Where(group => group != bin)];
        if (others.Length == 0)
        {
            return $"(SELECT * FROM ({Grouped}) ORDER BY {bin} {bins.Fill})";
        }

        // Where there is no group at all, the engine fills the bins of one that does not exist, with keys that nothing has.
        string rows = context.NextColumn(), most = context.NextColumn();
        _select.Add($"count() AS {rows}");
        return $"(SELECT * FROM (SELECT *, max({rows}) OVER () AS {most} FROM (SELECT * FROM ({Grouped}) ORDER BY {string.Join(", ", others)}, {bin} {bins.Fill})) WHERE {most} > 0)";
    }

    private void Key(GroupKeyNode key)
    {
        switch (key)
        {
            case FieldKey field:
                FieldTarget target = context.Resolve(_scope, field.Field);
                Group(field.Field.FullName, target.AsValue(context.Parameters), target.Kind, key.Span, target);
                break;
            case TopKey top:
                Group(top.Field.FullName, Top(top), ValueKind.Text, key.Span, context.Resolve(_scope, top.Field));
                break;
            case BinKey { Field: null } bin when _bins is null:
                _bins = TimeBins.Of(bin, context.Range);
                _bin = context.NextColumn();
                string time = _scope.RequireTime("Rows have no time here: group records by time, before other stages.", bin.Span);
                _select.Add($"{_bins.Start(time)} AS {_bin}");
                _groups.Add(_bin);
                _orders.Add(_bin);
                AddColumn(context.Column("timestamp", TimeColumn, ValueKind.Time), key.Span);
                break;
            case BinKey { Field: { } binned } bin:
                Numbers(bin, binned);
                break;
            default:
                throw new QuerySyntaxException("Rows are grouped by time once: remove this bin.", key.Span);
        }
    }

    private string Top(TopKey key)
    {
        string sql = new TopCompiler(context, state).Key(key);
        if (!context.HasWalk)
        {
            return sql;
        }

        string made = context.NextColumn();
        _rows = _rows.WithMade(made, sql);
        return made;
    }

    private void Numbers(BinKey bin, FieldName field)
    {
        FieldTarget target = context.Resolve(_scope, field);
        string number = target.AsNumber(context.Parameters)
            ?? throw new QuerySyntaxException($"{field.Name} has no numbers to put into bins.", field.Span);
        if (!ValueText.TryDuration(bin.Width!.Text, out double width) && !ValueText.TryNumber(bin.Width.Text, out width))
        {
            ValueText.TrySize(bin.Width.Text, out width);
        }

        string bound = context.Parameters.Add(width);

        // By their bits -0 and 0 would be two groups, and the NaNs that different calculations give too.
        string binned = $"floor(toFloat64({number}) / {bound}) * {bound}";
        Group(
            field.FullName, $"if(isNaN({binned}), nan, {binned} + 0)",
            target.Kind == ValueKind.Duration ? ValueKind.Duration : ValueKind.Number, bin.Span);
    }

    private void Group(string name, string sql, ValueKind kind, TextSpan span, FieldTarget? of = null)
    {
        string column = Add(name, sql, kind, span, of);
        _groups.Add(column);
        if (of?.Rank(context.Parameters, column) is { } rank)
        {
            _orders.Add($"{rank} NULLS LAST");
        }

        _orders.Add(column);
    }

    private string Add(string name, string sql, ValueKind kind, TextSpan span, FieldTarget? of = null)
    {
        string column = context.NextColumn();
        _select.Add($"{sql} AS {column}");
        AddColumn(context.Column(name, column, kind, of), span);
        return column;
    }

    private void AddColumn(PipelineColumn column, TextSpan span)
    {
        if (_columns.Exists(other => other.Name == column.Name))
        {
            throw new QuerySyntaxException(
                string.Create(CultureInfo.InvariantCulture, $"Two columns would be called {column.Name}: remove one, or name it with as."), span);
        }

        _columns.Add(column);
    }
}
