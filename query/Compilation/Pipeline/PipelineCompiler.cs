using System.Globalization;
using Observe.Query.Compilation.Targets;
using Observe.Query.Fields;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>From a query with stages to one statement.</summary>
/// <remarks>
/// <code>
/// table and filter ──► stage ──► stage ──► … ──► columns, order, limit
///                  PipelineState: rows (parts of a SELECT) and scope (what names stand for)
/// </code>
/// Columns that stages make are called c0, c1, … within the statement, so that no name in a query can be one of a table's columns.
/// </remarks>
public sealed class PipelineCompiler
{
    /// <summary>The beginning of the tables' key.</summary>
    private const string ByKey = "toStartOfFiveMinutes(Timestamp) DESC";

    private readonly ParsedQuery _query;
    private readonly PipelineContext _context;
    private readonly int _limit;
    private PipelineState _state;

    private PipelineCompiler(ParsedQuery query, TimeRange range, int limit, TimeProvider time, FieldTypes? types, TimeRange asked)
    {
        _query = query;
        _limit = limit;
        _context = new PipelineContext(range, asked, new FieldResolver(query.Signal, time, types), time);
        var scope = new PipelineScope(_context.Records);
        List<string> where = [SignalRows.InRange(query.Signal, _context.Parameters, range, isAlone: !query.IsFiltered)];
        if (query.Filter is not null)
        {
            where.Add(_context.Filter(scope, query.Filter));
        }

        // The order begins as the table's key does, so that the engine reads from one end and stops.
        bool isLatestFirst = query.Signal != SearchSignal.Metrics;
        var rows = new PipelineRows(SignalRows.From(query.Signal))
        {
            Where = where,
            Order = isLatestFirst ? $"{ByKey}, Timestamp DESC" : SeriesRows.Order,
            IsLatestFirst = isLatestFirst,
        };
        _state = new PipelineState(rows, scope, null);
        StatementSize.Check(rows, query.Filter?.Span ?? default, "filter");
    }

    /// <param name="query">May have stages.</param>
    /// <param name="range">Which records it is about.</param>
    /// <param name="limit">The most rows of the answer; one more is asked for, which tells whether there are more.</param>
    /// <param name="time">For points in time that are relative to now.</param>
    /// <param name="types">What is known of the fields that it names (<see cref="CompiledPipeline.Fields"/> of a first compilation without).</param>
    /// <param name="asked">The question's range, of which <paramref name="range"/> is a part; null where it is the whole.</param>
    /// <exception cref="QuerySyntaxException">A stage asks for what its rows do not have.</exception>
    public static CompiledPipeline Compile(
        ParsedQuery query, TimeRange range, int limit, TimeProvider time, FieldTypes? types = null, TimeRange? asked = null) =>
        Applied(query, range, limit, time, types, asked ?? range).Finish();

    /// <summary>
    /// The same rows as a table under the answer's own names and with one type for each column, for formats that the engine itself writes. Records
    /// become their columns, <c>attributes</c> and <c>resource</c>, both maps from names to texts.
    /// </summary>
    /// <param name="limit">The most rows; no further one is asked for.</param>
    /// <param name="isSorted">Whether rows in the order of time are so to the nanosecond; else by five minutes, and within these in no order.</param>
    /// <inheritdoc cref="Compile" path="/exception"/>
    public static CompiledPipeline Export(ParsedQuery query, TimeRange range, int limit, TimeProvider time, FieldTypes? types = null, bool isSorted = true)
    {
        PipelineCompiler compiler = Applied(query, range, limit - 1, time, types, range);
        PipelineRows rows = compiler._state.Rows;
        if (rows.IsLatestFirst && !isSorted)
        {
            compiler._state = compiler._state.With(rows with { Order = ByKey });
        }

        return compiler.FinishExport();
    }

    /// <summary>
    /// Counts the query's records by bin and class, up to the stage that makes other rows of them. The bin is a number counted from
    /// <paramref name="start"/>; the class is 0 for unset, then a severity's place in <see cref="Severity.Classes"/> from 1, or a status's number.
    /// </summary>
    /// <inheritdoc cref="Compile" path="/exception"/>
    public static CompiledPipeline Histogram(
        ParsedQuery query, TimeRange range, long start, long binNs, TimeProvider time, FieldTypes? types = null, TimeRange? asked = null)
    {
        SeriesStages.CheckHistogram(query);
        var compiler = new PipelineCompiler(query, range, 1, time, types, asked ?? range);
        foreach (StageNode stage in query.Stages.TakeWhile(KeepsRecords))
        {
            compiler.Apply(stage, []);
        }

        ParameterBag parameters = compiler._context.Parameters;
        string severity = query.Signal == SearchSignal.Logs ? SeverityColumn.Class(parameters) : "toUInt8(StatusCode)";
        string text = compiler._state.Rows.Settled.Select(
            $"intDiv(toUnixTimestamp64Nano(Timestamp) - {parameters.Add(start)}, {parameters.Add(binNs)}) AS Bin, {severity} AS Class, count() AS Count")
            + " GROUP BY Bin, Class";
        return compiler.Result(text, PipelineShape.Table, []);
    }

    private static PipelineCompiler Applied(ParsedQuery query, TimeRange range, int limit, TimeProvider time, FieldTypes? types, TimeRange asked)
    {
        var compiler = new PipelineCompiler(query, range, limit, time, types, asked);
        for (int i = 0; i < query.Stages.Count; i++)
        {
            compiler.Apply(query.Stages[i], [.. query.Stages.Skip(i + 1)]);
        }

        return compiler;
    }

    private static bool KeepsRecords(StageNode stage) =>
        stage is WhereStage or LetStage or ParseTemplateStage or ParseFormatStage or SortStage or LimitStage or FieldsStage or DedupStage;

    private void Apply(StageNode stage, IReadOnlyList<StageNode> following)
    {
        PipelineRows rows = _state.Rows;
        switch (stage)
        {
            case WhereStage where:
                rows = rows.Settled;
                _state = _state.With(rows with { Where = [.. rows.Where, _context.Filter(_state.Scope, where.Filter)] });
                break;
            case StatsStage stats:
                _state = new StatsCompiler(_context, _state).Compile(stats);
                break;
            case SortStage sort:
                _state = _state.With(rows.Settled with { Order = string.Join(", ", sort.Keys.SelectMany(Sort)), IsLatestFirst = false });
                break;
            case LimitStage limit:
                _state = _state.With(rows with { Limit = Math.Min(limit.Count, rows.Limit ?? int.MaxValue) });
                break;
            case FieldsStage fields:
                _state = _state with { Chosen = Choose(fields) };
                break;
            case DedupStage dedup:
                string by = string.Join(", ", dedup.Fields.Select(field => _context.Resolve(_state.Scope, field).AsValue(_context.Parameters)));
                _state = _state.With(rows.Settled with { Distinct = by, IsLatestFirst = false });
                break;
            case TopStage top:
                _state = new TopCompiler(_context, _state).Stage(top);
                break;
            case LetStage let:
                ExpressionValue value = new ExpressionCompiler(_context, _state.Scope).Compile(let.Value);
                string column = _context.NextColumn();
                _state = _state.Add([(column, value.Kind == ValueKind.Bool ? $"toBool({value.Sql})" : value.Sql)], _state.Scope.With(_context.Column(let.Name.Name, column, value.Kind)), let.Name.Name);
                break;
            case ParseTemplateStage parse:
                _state = ParseCompiler.Compile(_context, _state, parse);
                break;
            case ParseFormatStage parse:
                _state = ParseCompiler.Compile(_context, _state, parse);
                break;
            case PatternsStage patterns:
                _state = PatternsCompiler.Compile(_context, _state, patterns);
                break;
            case TracesStage traces:
                _state = TracesCompiler.Compile(_context, _state, traces, Needed(following));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(stage), stage, "Not a stage.");
        }

        StatementSize.Check(_state.Rows, stage.Span, "stage");
    }

    /// <summary>How many rows the stages that follow need at most, if they only choose columns and cut; null if they look at all.</summary>
    private int? Needed(IReadOnlyList<StageNode> following) => following.All(stage => stage is LimitStage or FieldsStage)
        ? Math.Min(_limit + 1, following.OfType<LimitStage>().Select(limit => limit.Count).DefaultIfEmpty(int.MaxValue).Min())
        : null;

    private IReadOnlyList<FieldName> Choose(FieldsStage stage)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (FieldName field in stage.Fields)
        {
            _context.Resolve(_state.Scope, field);
            if (!names.Add(field.FullName))
            {
                throw new QuerySyntaxException($"{field.Name} stands twice in this list.", field.Span);
            }
        }

        return stage.Fields;
    }

    /// <summary>Values of different types are in the order of their numbers, then of their texts; rows without a value come last.</summary>
    private IEnumerable<string> Sort(Language.SortKey key)
    {
        FieldTarget target = _context.Resolve(_state.Scope, key.Field);
        string direction = key.IsDescending ? "DESC" : "ASC";
        if (target.Rank(_context.Parameters, target.AsValue(_context.Parameters)) is { } rank)
        {
            yield return $"{rank} {direction} NULLS LAST";
        }

        if (target.Kind is ValueKind.Any && target.AsNumber(_context.Parameters) is { } number)
        {
            yield return $"{number} {direction} NULLS LAST";
        }

        yield return $"{target.AsValue(_context.Parameters)} {direction} NULLS LAST";
    }

    private CompiledPipeline Finish()
    {
        if (_state.Chosen is null && _state.Scope.HasRecords)
        {
            List<CompiledColumn> computed = [.. _state.Scope.Columns.Select(column => new CompiledColumn(column.Name, column.Sql, column.Target.Kind))];
            string columns = string.Join("", computed.Select(column => $", {column.Alias}"));
            return Result(Whole(RecordColumns.Of(_query.Signal) + columns), PipelineShape.Records, computed);
        }

        return Table(Columns(target => target.AsTyped(_context.Parameters)));
    }

    private CompiledPipeline FinishExport()
    {
        List<(string Name, string Sql, ValueKind Kind)> columns = [.. Columns(Flat)];
        if (_state.Chosen is null && _state.Scope.HasRecords)
        {
            columns.InsertRange(0, _context.Records.BuiltIn
                .Where(field => !columns.Exists(column => column.Name == field.Name))
                .Select(field => (field.Name, Flat(field.Target), field.Target.Kind)));
            columns.AddRange(ExportColumns.OfRecords);
        }

        CompiledPipeline table = Table(columns);
        string named = string.Join(", ", table.Columns.Select(column => $"{column.Alias} AS {SqlText.QuoteIdentifier(column.Name)}"));
        return table with { Statement = table.Statement with { Text = $"SELECT {named} FROM ({table.Statement.Text})" } };

        string Flat(FieldTarget target) => target.Kind == ValueKind.Any ? target.AsText(_context.Parameters) : target.AsValue(_context.Parameters);
    }

    private IEnumerable<(string Name, string Sql, ValueKind Kind)> Columns(Func<FieldTarget, string> value) => _state.Chosen is null
        ? _state.Scope.Columns.Select(column => (column.Name, value(column.Target), column.Target.Kind))
        : _state.Chosen.Select(field => (field.FullName, _state.Scope.Resolve(field)))
            .Select(column => (column.FullName, value(column.Item2), column.Item2.Kind));

    private CompiledPipeline Table(IEnumerable<(string Name, string Sql, ValueKind Kind)> columns)
    {
        List<(string Sql, CompiledColumn Column)> aliased =
            [.. columns.Select((column, i) => (column.Sql, new CompiledColumn(column.Name, string.Create(CultureInfo.InvariantCulture, $"r{i}"), column.Kind)))];
        string select = string.Join(", ", aliased.Select(column => $"{column.Sql} AS {column.Column.Alias}"));
        return Result(Whole(select), PipelineShape.Table, [.. aliased.Select(column => column.Column)]);
    }

    private string Whole(string columns)
    {
        PipelineRows rows = _state.Rows with { Limit = Math.Min(_state.Rows.Limit ?? int.MaxValue, _limit + 1) };
        return rows.Select(columns) + rows.Tail;
    }

    private CompiledPipeline Result(string text, PipelineShape shape, IReadOnlyList<CompiledColumn> columns)
    {
        StatementSize.Check(text, _query);
        return new CompiledPipeline(
            _query.Signal,
            shape,
            new SqlStatement(text, _context.Parameters.Parameters, QueryLimits.Settings),
            columns,
            _state.Rows.IsLatestFirst,
            _context.HasWalk,
            Math.Min(_limit, _state.Rows.Limit ?? int.MaxValue),
            _state.Rows.Limit,
            _context.Fields,
            _context.Regexes);
    }
}
