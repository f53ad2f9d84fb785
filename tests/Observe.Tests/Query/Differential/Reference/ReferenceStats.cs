using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary><c>stats</c> over lists: a row for each combination of keys, and for each bin of time in which nothing happened.</summary>
internal sealed class ReferenceStats(StatsStage stats, TimeRange range, ReferenceExpression expressions, ReferenceRowFilter filters)
{
    private const int AutoBins = 60;

    private readonly ReferenceAggregate _aggregates = new(expressions, filters);

    public (List<ReferenceRow> Rows, IReadOnlyList<string> Columns, Dictionary<string, ReferenceKind> Kinds) Compute(IReadOnlyList<ReferenceRow> rows)
    {
        string[] names = [.. stats.Keys.Select(Name).Concat(stats.Aggregates.Select(Name))];
        Dictionary<string, List<ReferenceRow>> groups = [];
        Dictionary<TopKey, HashSet<string>> most = stats.Keys.OfType<TopKey>().ToDictionary(key => key, key => Most(key, rows));
        Dictionary<string, object?[]> keys = [];
        foreach (ReferenceRow row in rows)
        {
            Add([.. stats.Keys.Select(key => key is TopKey top ? Value(top, row, most[top]) : Value(key, row))]).Add(row);
        }

        if (stats.Keys.Count == 0)
        {
            Add([]);
        }

        AddEmptyBins();
        var result = groups.Select(group => new ReferenceRow(null, Row(keys[group.Key], group.Value))).ToList();
        return (result, names, Kinds());

        List<ReferenceRow> Add(object?[] key)
        {
            string text = string.Join('\n', key.Select(ReferencePipeline.Key));
            keys.TryAdd(text, key);
            groups.TryAdd(text, []);
            return groups[text];
        }

        void AddEmptyBins()
        {
            int place = stats.Keys.ToList().FindIndex(IsTime);
            if (place < 0)
            {
                return;
            }

            long width = Width((BinKey)stats.Keys[place]);
            object?[][] others = stats.Keys.Count == 1 ? [[null]] : [.. keys.Values];
            for (long start = Floor(range.From, width); start < range.To; start += width)
            {
                foreach (object?[] other in others)
                {
                    object?[] key = [.. other];
                    key[place] = new ReferenceTime(start);
                    Add(key);
                }
            }
        }

        Dictionary<string, object?> Row(object?[] key, List<ReferenceRow> group)
        {
            double seconds = Seconds(key);
            IEnumerable<object?> values = key.Concat(stats.Aggregates.Select(aggregate => _aggregates.Compute(aggregate, group, seconds)));
            return names.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
        }
    }

    private static bool IsTime(GroupKeyNode key) => key is BinKey { Field: null };

    private static string Name(GroupKeyNode key) => key switch
    {
        FieldKey field => ReferencePipeline.Name(field.Field),
        TopKey top => ReferencePipeline.Name(top.Field),
        BinKey { Field: { } field } => ReferencePipeline.Name(field),
        _ => "timestamp",
    };

    private static string Name(AggregateNode aggregate) => aggregate.Name?.Name ?? StagePrinter.Print(aggregate);

    private object? Value(GroupKeyNode key, ReferenceRow row)
    {
        switch (key)
        {
            case FieldKey field:
                return expressions.Value(field.Field, row);
            case BinKey { Field: { } field } bin:
                double width = ValueText.TryDuration(bin.Width!.Text, out double step) || ValueText.TryNumber(bin.Width.Text, out step) || ValueText.TrySize(bin.Width.Text, out step) ? step : 0;
                return expressions.Number(field, row) is { } number ? (Math.Floor(number / width) * width) + 0.0 : null;
            default:
                return new ReferenceTime(Floor(row.Record!.Timestamp, Width((BinKey)key)));
        }
    }

    /// <summary>The most frequent texts of all rows; of those that are as frequent, the first in order.</summary>
    private HashSet<string> Most(TopKey top, IReadOnlyList<ReferenceRow> rows) => rows
        .Select(row => expressions.Value(top.Field, row)).OfType<object>().Select(value => ReferenceValue.Text(value)!)
        .GroupBy(text => text).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, Comparer<string>.Create(ReferenceText.Compare))
        .Take(top.Count).Select(group => group.Key).ToHashSet();

    private string? Value(TopKey top, ReferenceRow row, HashSet<string> most) =>
        expressions.Value(top.Field, row) is { } value ? most.Contains(ReferenceValue.Text(value)!) ? ReferenceValue.Text(value) : "(other)" : null;

    private long Width(BinKey bin) =>
        bin.Width is null ? BinWidths.For(range.To - range.From, AutoBins) : ValueText.TryDuration(bin.Width.Text, out double width) ? (long)width : throw new ArgumentException("No width.");

    private static long Floor(long time, long width) => time - (time % width);

    /// <summary>The seconds of the range, or of the part of the bin that lies in it.</summary>
    private double Seconds(object?[] key)
    {
        int place = stats.Keys.ToList().FindIndex(IsTime);
        if (place < 0)
        {
            return range.Duration.TotalSeconds;
        }

        long start = ((ReferenceTime)key[place]!).Nanoseconds;
        return (Math.Min(start + Width((BinKey)stats.Keys[place]), range.To) - Math.Max(start, range.From)) / 1e9;
    }

    private Dictionary<string, ReferenceKind> Kinds()
    {
        var kinds = new Dictionary<string, ReferenceKind>();
        foreach (GroupKeyNode key in stats.Keys)
        {
            kinds[Name(key)] = key switch
            {
                FieldKey field => expressions.Kind(field.Field),
                BinKey { Field: { } field } => expressions.Kind(field) == ReferenceKind.Duration ? ReferenceKind.Duration : ReferenceKind.Number,
                _ => ReferenceKind.Text,
            };
        }

        foreach (AggregateNode aggregate in stats.Aggregates)
        {
            kinds[Name(aggregate)] = aggregate switch
            {
                { Field: null } or { Function: AggregateFunction.Distinct } => ReferenceKind.Number,
                { Function: AggregateFunction.First or AggregateFunction.Last } => expressions.Kind(aggregate.Field),
                { Function: AggregateFunction.Min or AggregateFunction.Max } when expressions.Kind(aggregate.Field) == ReferenceKind.Text => ReferenceKind.Text,
                { Function: AggregateFunction.Values } => ReferenceKind.Text,
                _ => expressions.Kind(aggregate.Field) == ReferenceKind.Duration ? ReferenceKind.Duration : ReferenceKind.Number,
            };
        }

        return kinds;
    }
}
