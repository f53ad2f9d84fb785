using Observe.Query.Language;
using Observe.Query.Time;
using Observe.Tests.Query.Differential.Data;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary>The rows that a query with stages has, one stage after the other over lists.</summary>
internal sealed class ReferencePipeline
{
    private readonly ParsedQuery _query;
    private readonly TimeRange _range;
    private readonly ReferenceFilter _filter;
    private readonly IReadOnlyList<TestRecord> _all;
    private Dictionary<string, ReferenceKind> _kinds = [];

    private ReferencePipeline(ParsedQuery query, TimeRange range, IReadOnlyList<TestRecord> all)
    {
        _query = query;
        _range = range;
        _all = all;
        _filter = new ReferenceFilter(all);
        Rows = [.. all.Where(record => record.Signal == query.Signal && record.Timestamp >= range.From && record.Timestamp < range.To && _filter.Holds(query.Filter, record))
            .OrderByDescending(record => record.Timestamp).Select(record => new ReferenceRow(record, new Dictionary<string, object?>()))];
    }

    public List<ReferenceRow> Rows { get; private set; }

    /// <summary>The columns of the answer; they are set by the stage that makes or chooses them.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>Whether a stage says in which order the rows are.</summary>
    public bool IsOrdered { get; private set; }

    public static ReferencePipeline Run(ParsedQuery query, TimeRange range, IReadOnlyList<TestRecord> all)
    {
        var pipeline = new ReferencePipeline(query, range, all);
        foreach (StageNode stage in query.Stages)
        {
            pipeline.Apply(stage);
        }

        return pipeline;
    }

    private ReferenceExpression Expressions => new(_query.Signal, _kinds);

    private ReferenceRowFilter Filters => new(_filter, _kinds);

    private void Apply(StageNode stage)
    {
        switch (stage)
        {
            case WhereStage where:
                Rows = [.. Rows.Where(row => Filters.Holds(where.Filter, row))];
                break;
            case LetStage let:
                ReferenceKind kind = Expressions.Kind(let.Value);
                Rows = [.. Rows.Select(row => row.With(let.Name.Name, Expressions.Value(let.Value, row)))];
                _kinds = new(_kinds) { [let.Name.Name] = kind };
                break;
            case SortStage sort:
                Sort(sort);
                break;
            case LimitStage limit:
                Rows = [.. Rows.Take(limit.Count)];
                break;
            case DedupStage dedup:
                Rows = [.. Rows.DistinctBy(row => string.Join('\n', dedup.Fields.Select(field => Key(Expressions.Value(field, row)))))];
                break;
            case FieldsStage fields:
                Rows = [.. Rows.Select(row => fields.Fields.Aggregate(row, (r, field) => r.With(Name(field), Expressions.Value(field, row))))];
                Columns = [.. fields.Fields.Select(Name)];
                break;
            case TopStage top:
                Top(top);
                break;
            case StatsStage stats:
                (Rows, Columns, _kinds) = new ReferenceStats(stats, _range, Expressions, Filters).Compute(Rows);
                IsOrdered = false;
                break;
            case ParseTemplateStage parse:
                Parse(parse);
                break;
            case ParseFormatStage parse:
                Rows = [.. Rows.Select(row => row with { Parsed = [Finder(parse.Format, Text(parse.From, row)), .. row.Parsed] })];
                break;
            case TracesStage:
                Rows = [.. ReferenceTraces.Of(Rows.Select(row => row.Record!), _range, _all)];
                Columns = [.. ReferenceTraces.Kinds.Keys];
                _kinds = new(ReferenceTraces.Kinds);
                IsOrdered = true;
                break;
            case PatternsStage:
                Columns = ReferencePatterns.Columns;
                break;
            default:
                throw new ArgumentException($"No meaning for {stage.GetType().Name}.");
        }
    }

    /// <summary>What tells groups apart; values of different types are the same when their text is.</summary>
    public static string Key(object? value) => value is null ? "–" : "+" + ReferenceValue.Text(value);

    /// <summary>The column's name in the answer.</summary>
    public static string Name(FieldName field) => field.FullName;

    /// <summary>Values of any type in the order of their numbers, then of their texts; rows without a value come last in either direction.</summary>
    private int Compare(SortKey key, ReferenceRow left, ReferenceRow right)
    {
        (object? a, object? b) = (Expressions.Value(key.Field, left), Expressions.Value(key.Field, right));
        if (a is null || b is null)
        {
            return (a is null).CompareTo(b is null);
        }

        int direction = key.IsDescending ? -1 : 1;
        if (a is ReferenceTime first && b is ReferenceTime second)
        {
            return direction * first.Nanoseconds.CompareTo(second.Nanoseconds);
        }

        if (key.Field.FullName == "severity" && ReferenceSeverity.Rank(a) is var ra && ReferenceSeverity.Rank(b) is var rb && ra != rb)
        {
            return ra is null || rb is null ? (ra is null).CompareTo(rb is null) : direction * ra.Value.CompareTo(rb.Value);
        }

        bool isText = Expressions.Kind(key.Field) == ReferenceKind.Text;
        (double? x, double? y) = isText ? (null, null) : (Expressions.Number(key.Field, left), Expressions.Number(key.Field, right));
        int rank = Rank(x).CompareTo(Rank(y));
        return rank != 0 ? rank
            : Rank(x) == 0 && x != y ? direction * x!.Value.CompareTo(y!.Value)
            : direction * ReferenceText.Compare(ReferenceValue.Text(a)!, ReferenceValue.Text(b)!);
    }

    /// <summary>Numbers come first in either direction, then what is not a number by that name, then texts.</summary>
    private static int Rank(double? number) => number is null ? 2 : double.IsNaN(number.Value) ? 1 : 0;

    private void Sort(SortStage sort)
    {
        // Each key is looked for even where there is nothing to compare: a query that names no column is no query.
        Rows.ForEach(row => sort.Keys.ToList().ForEach(key => Expressions.Value(key.Field, row)));
        Rows = [.. Rows.Order(Comparer<ReferenceRow>.Create((a, b) => sort.Keys.Select(key => Compare(key, a, b)).FirstOrDefault(order => order != 0)))];
        IsOrdered = true;
    }

    private void Parse(ParseTemplateStage parse)
    {
        CapturePart[] captures = [.. parse.Template.Captures];
        Rows = [.. Rows.Select(row =>
        {
            IReadOnlyDictionary<string, string>? found = ReferenceParse.Template(parse.Template, Text(parse.From, row));
            return captures.Aggregate(row, (r, capture) => r.With(capture.Name!, found is null ? null : capture.Type == CaptureType.Number ? ReferenceNumber.OfText(found[capture.Name!]) : found[capture.Name!]));
        })];
        _kinds = new(_kinds);
        foreach (CapturePart capture in captures)
        {
            _kinds[capture.Name!] = capture.Type == CaptureType.Number ? ReferenceKind.Number : ReferenceKind.Text;
        }
    }

    /// <summary>The text that is taken apart: a field's, or the record's own.</summary>
    private string Text(FieldName? from, ReferenceRow row) => from is null
        ? ReferenceFields.Searched(row.Record!).FirstOrDefault(text => text.Length > 0) ?? ""
        : ReferenceValue.Text(Expressions.Value(from, row)) ?? "";

    private static Func<string, string?> Finder(ParseFormat format, string text) =>
        name => format == ParseFormat.Json ? ReferenceParse.Json(text, name) : ReferenceParse.Logfmt(text, name);

    /// <summary>The most frequent values and, in one row, all others. Rows without a value do not count.</summary>
    private void Top(TopStage top)
    {
        string name = Name(top.Field) is "count" or "share" ? "value" : Name(top.Field);
        var counted = Rows.Select(row => Expressions.Value(top.Field, row)).OfType<object>().Select(value => ReferenceValue.Text(value)!)
            .GroupBy(value => value).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, Comparer<string>.Create(ReferenceText.Compare)).ToList();
        double total = counted.Sum(group => group.Count());
        List<(string Value, int Count)> most = [.. counted.Take(top.Count).Select(group => (group.Key, group.Count()))];
        if (counted.Count > top.Count)
        {
            most.Add(("(other)", counted.Skip(top.Count).Sum(group => group.Count())));
        }

        Rows = [.. most.Select(entry => new ReferenceRow(null, new Dictionary<string, object?> { [name] = entry.Value, ["count"] = (long)entry.Count, ["share"] = entry.Count / total }))];
        Columns = [name, "count", "share"];
        _kinds = new() { [name] = ReferenceKind.Text, ["count"] = ReferenceKind.Number, ["share"] = ReferenceKind.Number };
        IsOrdered = true;
    }
}
