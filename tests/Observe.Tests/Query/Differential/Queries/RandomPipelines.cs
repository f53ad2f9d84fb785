using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Tests.Query.Differential.Data;
using Observe.Tests.Query.Differential.Reference;

namespace Observe.Tests.Query.Differential.Queries;

/// <summary>Queries with stages of which the documentation says what they answer: what depends on the order of rows comes after a sort that leaves no ties.</summary>
internal sealed class RandomPipelines(Random random, SearchSignal signal, IReadOnlyList<TestRecord> records)
{
    private static readonly string[] TextAttributes = ["path", "user.id", "flag", "http", "http.route", "order.id", "text", "count", "ratio", "odd", "done", "size", "shard", "bytes", "empty", "mixed", "n", "line", "k", "level", "msg", "code", "n.m"];

    private static readonly string[] TextColumns = ["service.name", "scope.name", "trace_id", "span_id"];

    private static readonly string[] LogColumns = ["severity", "severity_text", "event.name", "body"];

    private static readonly string[] SpanColumns = ["name", "kind", "status", "status_message", "parent_span_id"];

    private static readonly string[] Templates =
    [
        "user <user> took <ms:number>ms", "<first:word> <rest>", "took <ms:number>", "<_> took <x>ms<y>", "id=<id:word>", "<a>/<b>", "<key:word>=<value:word>", "<n1:number>.<n2:number>", "\"k\":<k:number>",
        "<all>", "<w:word>", "user <_:word> <what>", "ms\n<next>", "<< <x>",
    ];

    private static readonly string[] Widths = ["1h", "90m", "1d", "12h"];

    private static readonly FieldName Flags = Any("flags");

    private readonly RandomFilters _filters = new(random, signal, records);
    private readonly Dictionary<string, ReferenceKind> _columns = [];
    private int _names;

    public ParsedQuery Query()
    {
        var stages = new List<StageNode>();
        FilterNode? filter = random.Next(3) == 0 ? null : signal == SearchSignal.Spans && random.Next(3) == 0 ? _filters.Below(1) : _filters.Filter(random.Next(2));
        int count = random.Next(3);
        for (int i = 0; i < count; i++)
        {
            stages.Add(random.Next(4) == 0 ? Parse() : random.Next(3) == 0 ? new WhereStage(_columns.Count > 0 && random.Next(2) == 0 ? OfColumn() : _filters.Filter(1), default) : Let());
        }

        switch (random.Next(12))
        {
            case 10 when signal == SearchSignal.Spans:
                Traces(stages);
                break;
            case 11:
                stages.Add(new PatternsStage(default));
                break;
            case 0:
                stages.Add(new TopStage(random.Next(1, 6), Group(), default));
                break;
            case 1 or 2:
                Listed(stages);
                break;
            default:
                Counted(stages);
                break;
        }

        return new ParsedQuery(signal, filter, stages);
    }

    /// <summary>Fields from a text. Only texts that are made for it are read as logfmt: what it means elsewhere nobody says.</summary>
    private StageNode Parse()
    {
        if (random.Next(3) > 0)
        {
            return Coin() ? new ParseFormatStage(ParseFormat.Logfmt, Any("line"), default) : new ParseFormatStage(ParseFormat.Json, Coin() ? Any("line") : null, default);
        }

        ParseTemplate template = ((ParseTemplateStage)QueryParser.Parse($"| parse {QuerySyntax.Quote(Pick(Templates))}").Stages[0]).Template;
        foreach (CapturePart capture in template.Captures)
        {
            _columns[capture.Name!] = capture.Type == CaptureType.Number ? ReferenceKind.Number : ReferenceKind.Text;
        }

        return new ParseTemplateStage(template, Coin() ? Any("line") : Coin() ? null : Group(), default);
    }

    /// <summary>Traces, perhaps some of them, perhaps in an order.</summary>
    private void Traces(List<StageNode> stages)
    {
        stages.Add(new TracesStage(default));
        if (Coin())
        {
            stages.Add(new WhereStage(
                Pick<FilterNode>(
                [
                    new ComparisonNode(Any("duration"), Pick([ComparisonOperator.Greater, ComparisonOperator.LessOrEqual]), Bare("250ms"), default),
                    new ComparisonNode(Any("spans"), Pick([ComparisonOperator.Greater, ComparisonOperator.Equal]), Bare("2"), default),
                    new ComparisonNode(Any("errors"), Pick([ComparisonOperator.Equal, ComparisonOperator.NotEqual]), Bare("0"), default),
                    new ComparisonNode(Any("incomplete"), ComparisonOperator.Equal, Bare(Coin() ? "true" : "false"), default),
                ]),
                default));
        }

        if (Coin())
        {
            stages.Add(new SortStage([new SortKey(Any(Pick(["duration", "spans", "timestamp", "errors"])), Coin()), new SortKey(Any("trace_id"), Coin())], default));
            if (Coin())
            {
                stages.Add(new LimitStage(random.Next(1, 20), default));
            }
        }

        if (Coin())
        {
            stages.Add(new FieldsStage(Distinct(Several(1, 5, () => Any(Pick([.. ReferenceTraces.Kinds.Keys])))), default));
        }
    }

    /// <summary>Records in an order without ties, perhaps without repetitions, perhaps the first few, and some of their fields.</summary>
    private void Listed(List<StageNode> stages)
    {
        if (random.Next(4) > 0)
        {
            stages.Add(new SortStage([.. Several(1, 2, () => new SortKey(Value(), Coin())), new SortKey(Flags, Coin())], default));
            if (random.Next(3) == 0)
            {
                stages.Add(new DedupStage(Distinct(Several(1, 2, Group)), default));
            }

            if (random.Next(3) == 0)
            {
                stages.Add(new LimitStage(random.Next(1, 40), default));
            }
        }

        stages.Add(new FieldsStage(Distinct([Flags, .. Several(0, 3, Value), .. _columns.Keys.Select(Any)]), default));
    }

    private void Counted(List<StageNode> stages)
    {
        List<GroupKeyNode> keys = [.. Several(0, 2, Key)];
        keys = [.. keys.DistinctBy(key => KeyName(key).FullName)];
        var taken = new HashSet<string>();
        AggregateNode[] aggregates = [.. Several(1, 3, Aggregate).Where(aggregate => taken.Add(aggregate.Name?.Name ?? StagePrinter.Print(aggregate)))];
        stages.Add(new StatsStage(aggregates, keys, default));
        AggregateNode[] counts = [.. aggregates.Where(aggregate => aggregate.Function is AggregateFunction.Count or AggregateFunction.Distinct or AggregateFunction.Max)];
        if (counts.Length > 0 && random.Next(3) == 0)
        {
            AggregateNode chosen = Pick(counts);
            FieldName column = chosen.Name ?? Any(StagePrinter.Print(chosen));
            bool isDuration = chosen.Function == AggregateFunction.Max && chosen.Field!.Name == "duration";
            bool isText = chosen.Function == AggregateFunction.Max && !isDuration && chosen.Field!.Name != "duration_ms" && chosen.Field.Name != "severity_number";
            stages.Add(new WhereStage(
                isText ? new ExistsNode(column, default)
                : new ComparisonNode(column, Pick([ComparisonOperator.Greater, ComparisonOperator.LessOrEqual, ComparisonOperator.NotEqual]), new QueryValue(isDuration ? "250ms" : Pick(["0", "1", "2", "10"]), false, default), default),
                default));
        }

        if (keys.Count > 0 && random.Next(3) == 0)
        {
            stages.Add(new SortStage(
                [.. counts.Take(1).Select(count => new SortKey(count.Name ?? Any(StagePrinter.Print(count)), Coin())), .. keys.Select(key => new SortKey(KeyName(key), Coin()))], default));
            if (Coin())
            {
                stages.Add(new LimitStage(random.Next(1, 10), default));
            }
        }
    }

    private static FieldName KeyName(GroupKeyNode key) => key switch
    {
        FieldKey field => field.Field,
        TopKey top => top.Field,
        BinKey { Field: { } field } => field,
        _ => Any("timestamp"),
    };

    private GroupKeyNode Key() => random.Next(6) switch
    {
        2 => new TopKey(random.Next(1, 5), Group(), default),
        0 => new BinKey(null, random.Next(4) == 0 ? null : Bare(Pick(Widths)), default),
        1 => new BinKey(Number(), Bare(Pick(["10", "0.5", "250", "1000"])), default),
        _ => new FieldKey(Group(), default),
    };

    private AggregateNode Aggregate()
    {
        FieldName? name = Coin() ? Any($"a{++_names}") : null;
        AggregateFunction function = Pick(Enum.GetValues<AggregateFunction>());
        return function switch
        {
            AggregateFunction.Count or AggregateFunction.Rate => new AggregateNode(function, null, Coin() ? _filters.Filter(1) : null, null, name, default),
            AggregateFunction.Quantile => new AggregateNode(function, Number(), null, Pick([0.5, 0.9, 0.95, 0.999, 0.123, 0, 1]), name, default),
            AggregateFunction.Values => new AggregateNode(function, Group(), null, random.Next(1, 12), name, default),
            AggregateFunction.Distinct or AggregateFunction.First or AggregateFunction.Last => new AggregateNode(function, Group(), null, null, name, default),
            AggregateFunction.Min or AggregateFunction.Max => new AggregateNode(function, Coin() ? Number() : Any(Pick(TextColumns)), null, null, name, default),
            _ => new AggregateNode(function, Number(), null, null, name, default),
        };
    }

    private LetStage Let()
    {
        string name = Pick(["x", "odd `name`", $"v{++_names}"]);
        ExpressionNode expression = Expression(random.Next(1, 4));
        _columns[name] = new ReferenceExpression(signal, _columns).Kind(expression);
        return new LetStage(Any(name), expression, default);
    }

    private ExpressionNode Expression(int depth)
    {
        switch (depth == 0 ? random.Next(3) : random.Next(10))
        {
            case 0:
                return new FieldExpression(Number(), default);
            case 1:
                // Names and ids have no numbers, and are refused where a number is wanted.
                return new FieldExpression(Coin() ? new FieldName(Pick([FieldPlace.Any, FieldPlace.Attribute]), Pick(TextAttributes), default) : Any(Pick(["service.name", "scope.name"])), default);
            case 2:
                return Literal();
            case 3:
                return new UnaryExpression(Coin() ? UnaryOperator.Not : UnaryOperator.Negate, Expression(depth - 1), default);
            case 4 or 5 or 6:
                return new BinaryExpression(Pick(Enum.GetValues<BinaryOperator>()), Expression(depth - 1), Expression(depth - 1), default);
            default:
                return Call(Pick(Enum.GetValues<ExpressionFunction>()), depth);
        }
    }

    private CallExpression Call(ExpressionFunction function, int depth)
    {
        IReadOnlyList<ExpressionNode> arguments = function switch
        {
            ExpressionFunction.If => [Expression(depth - 1), Expression(depth - 1), Expression(depth - 1)],
            ExpressionFunction.Coalesce or ExpressionFunction.Concat => Several(1, 3, () => Expression(depth - 1)),
            ExpressionFunction.Substr when Coin() => [Expression(depth - 1), Literal(Pick(["0", "1", "2", "-1", "100"])), Literal(Pick(["0", "1", "3", "100"]))],
            ExpressionFunction.Substr => [Expression(depth - 1), Literal(Pick(["0", "1", "2", "100"]))],
            ExpressionFunction.Round when Coin() => [new FieldExpression(Number(), default), Literal(Pick(["0", "1", "3"]))],

            // Case beyond ASCII is the engine's: these texts have none.
            ExpressionFunction.Lower or ExpressionFunction.Upper => [new FieldExpression(Any(Pick(["path", "http.route", "scope.name"])), default)],
            _ => [Expression(depth - 1)],
        };
        return new CallExpression(function, arguments, default);
    }

    private ExpressionNode Literal(string? text = null)
    {
        text ??= Pick(["0", "1", "5", "2.5", "250ms", "1s", "4KB", "true", "false", "1e3", "\"5\"", "\"red\"", "\"\"", "\"true\"", "\"a \\\"b\\\"\""]);
        return text[0] switch
        {
            '"' => new LiteralExpression(new QueryValue(text[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal), true, default), default),
            '-' => new UnaryExpression(UnaryOperator.Negate, Literal(text[1..]), default),
            _ => new LiteralExpression(Bare(text), default),
        };
    }

    /// <summary>A filter of a column that a stage made.</summary>
    private FilterNode OfColumn()
    {
        (string name, ReferenceKind kind) = Pick([.. _columns]);
        FieldName field = Any(name);
        ComparisonOperator equality = Coin() ? ComparisonOperator.Equal : ComparisonOperator.NotEqual;
        return (kind, random.Next(5)) switch
        {
            (ReferenceKind.Number, 4) => new InNode(field, Several(1, 20, () => Bare(Pick(["0", "5", "250", "-1", "0.5", "1e3", "4KB"]))), default),
            (ReferenceKind.Text or ReferenceKind.Any, 4) => new InNode(field, Several(1, 20, () => new QueryValue(Pick(RandomValues.Texts), true, default)), default),
            (_, 0) => new ExistsNode(field, default),
            (ReferenceKind.Number, _) => new ComparisonNode(field, Pick([ComparisonOperator.Less, ComparisonOperator.GreaterOrEqual, equality]), Bare(Pick(["0", "5", "250", "-1", "0.5"])), default),
            (ReferenceKind.Duration, _) => new ComparisonNode(field, Pick([ComparisonOperator.Less, ComparisonOperator.GreaterOrEqual, equality]), Bare(Pick(["0ms", "250ms", "2s"])), default),
            (ReferenceKind.Bool, _) => new ComparisonNode(field, equality, Bare(Pick(["true", "false"])), default),
            (ReferenceKind.Text, 1) => new ContainsNode(field, Pick(["api", "a", "5"]), true, default),
            (ReferenceKind.Text, 2) => new ComparisonNode(field, equality, Bare(Pick(["*a*", "/api/*", "*5"])), default),
            _ => new ComparisonNode(field, equality, new QueryValue(Pick(["5", "red", "/api/users", "250"]), true, default), default),
        };
    }

    /// <summary>A field with numbers.</summary>
    private FieldName Number() => random.Next(4) switch
    {
        0 => Any(signal == SearchSignal.Logs ? "severity_number" : "duration"),
        1 when _columns.Where(column => column.Value is ReferenceKind.Number).Select(column => column.Key).ToArray() is { Length: > 0 } made => Any(Pick(made)),
        _ => Coin() ? Any("duration_ms") : new FieldName(FieldPlace.Attribute, "duration_ms", default),
    };

    /// <summary>A field to sort by or to show.</summary>
    private FieldName Value() => random.Next(4) == 0 ? Number() : Group();

    /// <summary>A field whose values repeat.</summary>
    private FieldName Group() => random.Next(6) switch
    {
        0 => Any(Pick(signal == SearchSignal.Logs ? LogColumns : SpanColumns)),
        1 => Any(Pick(TextColumns)),
        2 => new FieldName(FieldPlace.Resource, Pick(["host.name", "replicas", "nowhere", "size", "shard", "done"]), default),
        3 => new FieldName(FieldPlace.Scope, "team", default),
        4 => new FieldName(FieldPlace.Attribute, Pick(TextAttributes), default),
        _ => Any(Pick(TextAttributes)),
    };

    private static FieldName[] Distinct(IEnumerable<FieldName> fields) => [.. fields.DistinctBy(field => field.FullName)];

    private T[] Several<T>(int least, int most, Func<T> item) => [.. Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => item())];

    private bool Coin() => random.Next(2) == 0;

    private T Pick<T>(IReadOnlyList<T> from) => RandomValues.Pick(random, from);

    private static FieldName Any(string name) => new(FieldPlace.Any, name, default);

    private static QueryValue Bare(string text) => new(text, false, default);
}
