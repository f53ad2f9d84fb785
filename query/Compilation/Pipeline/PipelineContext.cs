using System.Globalization;
using Observe.Query.Compilation.Targets;
using Observe.Query.Language;
using Observe.Query.Time;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>What the compilers of all stages of one query share.</summary>
internal sealed class PipelineContext(TimeRange range, TimeRange asked, FieldResolver records, TimeProvider time)
{
    private readonly List<FieldName> _fields = [];
    private readonly List<QueryValue> _regexes = [];
    private int _columns;

    public TimeRange Range => range;

    /// <summary>The fields of the records that the query is about.</summary>
    public FieldResolver Records => records;

    public ParameterBag Parameters { get; } = new();

    /// <summary>The fields of records that the query names.</summary>
    public IReadOnlyList<FieldName> Fields => _fields;

    public IReadOnlyList<QueryValue> Regexes => _regexes;

    /// <inheritdoc cref="FilterCompiler.HasWalk"/>
    public bool HasWalk { get; private set; }

    /// <summary>A name for a column within the statement.</summary>
    public string NextColumn() => string.Create(CultureInfo.InvariantCulture, $"c{_columns++}");

    public string Filter(PipelineScope scope, FilterNode filter)
    {
        var compiler = new FilterCompiler(scope, Parameters, range, asked);
        string condition = compiler.Compile(filter);
        _fields.AddRange(compiler.Fields.Where(scope.IsOfRecords));
        _regexes.AddRange(compiler.Regexes);
        HasWalk |= compiler.HasWalk;
        return condition;
    }

    public FieldTarget Resolve(PipelineScope scope, FieldName field)
    {
        FieldTarget target = scope.Resolve(field);
        if (scope.IsOfRecords(field))
        {
            _fields.Add(field);
        }

        return target;
    }

    /// <summary>A column of the statement as a field.</summary>
    /// <param name="of">The field whose values it has, if it has those of one.</param>
    public PipelineColumn Column(string name, string column, ValueKind kind, FieldTarget? of = null) =>
        new(name, column, new ComputedColumn(column, kind, time, records.HasTypes, of));
}
