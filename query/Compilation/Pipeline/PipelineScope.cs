using Observe.Query.Compilation.Targets;
using Observe.Query.Language;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>The fields after some stages: those that stages made, and below them those of the records, as long as rows are records.</summary>
/// <param name="records">The records' own fields; null once a stage has made other rows.</param>
internal sealed class PipelineScope(FieldResolver? records) : FieldScope
{
    private readonly List<PipelineColumn> _columns = [];
    private readonly List<Func<string, FieldTarget>> _texts = [];

    /// <summary>The columns that stages made, in their order.</summary>
    public IReadOnlyList<PipelineColumn> Columns => _columns;

    /// <summary>Whether rows still are records.</summary>
    public bool HasRecords => records is not null;

    /// <summary>SQL of the rows' point in time; null if they have none.</summary>
    public string? Time => Find("timestamp") is { Target.Kind: ValueKind.Time } column ? column.Sql : records?.Time;

    /// <summary>SQL of the rows' point in time.</summary>
    /// <param name="advice">What to do where stages have made rows without one.</param>
    /// <param name="span">What needs it.</param>
    /// <exception cref="QuerySyntaxException">They have none.</exception>
    public string RequireTime(string advice, TextSpan span) => Time ?? throw new QuerySyntaxException(HasRecords ? SeriesStages.NoTime : advice, span);

    /// <summary>The same fields and one more, which hides one of the same name.</summary>
    public PipelineScope With(PipelineColumn column) => Copy(_columns.Where(other => other.Name != column.Name).Append(column), _texts);

    /// <summary>The same fields and those of a text that names them itself.</summary>
    /// <param name="whole">All of them as one column.</param>
    /// <param name="find">The field of a name; its values are NULL where the text has no such field.</param>
    public PipelineScope With(PipelineColumn whole, Func<string, FieldTarget> find) => Copy([.. With(whole).Columns], _texts.Prepend(find));

    /// <summary>Whether a name is looked up in records.</summary>
    public bool IsOfRecords(FieldName field) => HasRecords && _texts.Count == 0 && (field.Place != FieldPlace.Any || Find(field.Name) is null);

    public override FieldTarget Resolve(FieldName field)
    {
        if (field.Place == FieldPlace.Any)
        {
            if (Find(field.Name) is { } column)
            {
                return column.Target;
            }

            if (_texts.Count > 0 && records?.IsColumn(field.Name) != true)
            {
                IEnumerable<FieldTarget> targets = _texts.Select(find => find(field.Name));
                return new AnyOfTarget([.. records is null ? targets : targets.Append(records.Resolve(field))]);
            }
        }

        // A column is called as the field was in the stage that made it: stats count() by resource.host.name | sort resource.host.name.
        return records?.Resolve(field) ?? Find(field.FullName)?.Target ?? throw Unknown(field);
    }

    public override FieldTarget Text(TextSpan span) =>
        records?.Text(span) ?? throw new QuerySyntaxException("Rows have no text here: compare a column, such as count>5.", span);

    public override string CarriesId(ParameterBag parameters, string id, TextSpan span) =>
        records?.CarriesId(parameters, id, span) ?? throw new QuerySyntaxException("Rows carry no ids here: look for them before the first stage.", span);

    public override FieldResolver Spans(TextSpan span) =>
        records?.Spans(span) ?? throw new QuerySyntaxException("Rows are no spans here: look for spans below others before the first stage.", span);

    private static PipelineScope Copy(IEnumerable<PipelineColumn> columns, IEnumerable<Func<string, FieldTarget>> texts, FieldResolver? records)
    {
        var scope = new PipelineScope(records);
        scope._columns.AddRange(columns);
        scope._texts.AddRange(texts);
        return scope;
    }

    private PipelineScope Copy(IEnumerable<PipelineColumn> columns, IEnumerable<Func<string, FieldTarget>> texts) => Copy(columns, texts, records);

    private PipelineColumn? Find(string name) => _columns.Find(column => column.Name == name);

    private QuerySyntaxException Unknown(FieldName field)
    {
        IReadOnlyList<string> nearest = NearestName.Find(field.FullName, _columns.Select(column => column.Name), 1);
        return new QuerySyntaxException(
            $"There is no column {field.FullName} here. "
            + (nearest.Count > 0 ? $"The nearest is {nearest[0]}." : $"There are {string.Join(", ", _columns.Select(column => column.Name))}."),
            field.Span);
    }
}
