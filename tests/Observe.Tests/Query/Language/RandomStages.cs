using Observe.Query.Language;

namespace Observe.Tests.Query.Language;

/// <summary>Stages of any kind, as a parser could have made them.</summary>
internal static class RandomStages
{
    private static readonly string[] Numbers = ["0", "5", "1.5", "1e5", "250ms", "4KiB", "true", "false"];

    private static readonly string[] Widths = ["1m", "1.5h", "100ms"];

    public static StageNode Stage(Random random, Func<FilterNode> filter, Func<FieldName> field) => random.Next(11) switch
    {
        0 => new WhereStage(filter(), default),
        1 => new StatsStage(Several(random, () => Aggregate(random, filter, field)), random.Next(2) == 0 ? [] : Several(random, () => Key(random, field)), default),
        2 => new SortStage(Several(random, () => new SortKey(field(), random.Next(2) == 0)), default),
        3 => new LimitStage(random.Next(1, LanguageLimits.MaxRows), default),
        4 => new FieldsStage(Several(random, field), default),
        5 => new DedupStage(Several(random, field), default),
        6 => new TopStage(random.Next(1, 100), field(), default),
        7 => new LetStage(field() with { Place = FieldPlace.Any }, Expression(random, field, 4), default),
        8 => new ParseTemplateStage(Template(random), random.Next(2) == 0 ? null : field(), default),
        9 => new ParseFormatStage(random.Next(2) == 0 ? ParseFormat.Json : ParseFormat.Logfmt, random.Next(2) == 0 ? null : field(), default),
        _ => random.Next(2) == 0 ? new PatternsStage(default) : new TracesStage(default),
    };

    private static AggregateNode Aggregate(Random random, Func<FilterNode> filter, Func<FieldName> field)
    {
        AggregateFunction function = random.GetItems(Enum.GetValues<AggregateFunction>(), 1)[0];
        bool ofRows = function is AggregateFunction.Count or AggregateFunction.Rate;
        double? parameter = function switch
        {
            AggregateFunction.Quantile => random.Next(2) == 0 ? random.Next(0, 101) / 100.0 : random.NextDouble(),
            AggregateFunction.Values => random.Next(1, 20),
            _ => null,
        };
        return new AggregateNode(
            function, ofRows ? null : field(), ofRows && random.Next(2) == 0 ? filter() : null, parameter, random.Next(2) == 0 ? null : field(), default);
    }

    private static GroupKeyNode Key(Random random, Func<FieldName> field) => random.Next(5) switch
    {
        0 => new BinKey(null, null, default),
        1 => new BinKey(null, new QueryValue(random.GetItems(Widths, 1)[0], false, default), default),
        2 => new BinKey(field(), new QueryValue(random.Next(2) == 0 ? "2.5" : "4KB", false, default), default),
        3 => new TopKey(random.Next(1, 1000), field(), default),
        _ => new FieldKey(field(), default),
    };

    private static ParseTemplate Template(Random random)
    {
        var parts = new List<TemplatePart> { new CapturePart("first", random.GetItems(Enum.GetValues<CaptureType>(), 1)[0]) };
        for (int i = 0; i < random.Next(3); i++)
        {
            parts.Add(new LiteralPart(random.GetItems([" ", "<", "ms>", "\"", "\\"], 1)[0]));
            parts.Add(new CapturePart(random.Next(3) == 0 ? null : $"odd name {i}", random.GetItems(Enum.GetValues<CaptureType>(), 1)[0]));
        }

        return new ParseTemplate(parts);
    }

    private static ExpressionNode Expression(Random random, Func<FieldName> field, int depth)
    {
        switch (random.Next(depth == 0 ? 3 : 7))
        {
            case 0:
                return new FieldExpression(field(), default);
            case 1:
                return new LiteralExpression(new QueryValue(random.GetItems(Numbers, 1)[0], false, default), default);
            case 2:
                return new LiteralExpression(new QueryValue("a \"b\"", true, default), default);
            case 3:
                return new UnaryExpression(random.Next(2) == 0 ? UnaryOperator.Not : UnaryOperator.Negate, Expression(random, field, depth - 1), default);
            case 4:
                ExpressionFunction function = random.GetItems(Enum.GetValues<ExpressionFunction>(), 1)[0];
                (int least, int most) = function.Arguments();
                int count = random.Next(least, Math.Min(most, least + 2) + 1);
                return new CallExpression(function, [.. Enumerable.Range(0, count).Select(_ => Expression(random, field, depth - 1))], default);
            default:
                return new BinaryExpression(
                    random.GetItems(Enum.GetValues<BinaryOperator>(), 1)[0], Expression(random, field, depth - 1), Expression(random, field, depth - 1), default);
        }
    }

    private static T[] Several<T>(Random random, Func<T> item) => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => item())];
}
