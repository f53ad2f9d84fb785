using Observe.Query.PromQL.Language;

namespace Observe.Tests.Query.PromQL.Language;

/// <summary>Trees of any kind, as a parser could have made them.</summary>
internal sealed class RandomTrees(Random random)
{
    private static readonly string[] Texts =
        ["", "a", "a b", "\"", "\\", "'", "`", "\n\t\0\u007f", "é", "\u200b", "😀", "#", "}", "⇒", "$1", "inf", "a.b|c"];

    private static readonly string[] Metrics =
        ["up", "http_requests_total", "job:up:sum", ":", "_", "sum", "by", "and", "offset", "start", "step", "bool", "on", "NaN", "atan2", "http.duration", "5xx", "é", "a\"b", "rate", "fill"];

    private static readonly string[] Labels = ["job", "_", "__meta", "by", "without", "on", "inf", "http.route", "5", "a:b", "é", "\"", "sum", "bool"];

    private static readonly string[] Patterns = ["", ".*", "a|b", "a.+", "\\d{3}", "[^\"]"];

    private static readonly double[] Numbers = [0, 1, 2.5, 1e-9, 1e21, 123456.789, 5e-324, double.MaxValue, double.PositiveInfinity, double.NaN];

    private static readonly AggregationOperator[] Aggregations = Enum.GetValues<AggregationOperator>();

    private static readonly BinaryOperator[] Operators = Enum.GetValues<BinaryOperator>();

    public Expression Any(int depth) => random.Next(10) switch
    {
        0 => new StringLiteral(Pick(Texts), default),
        1 => Range(depth),
        2 or 3 => Scalar(depth),
        _ => Vector(depth),
    };

    private Expression OfType(ExpressionType type, int depth) => type switch
    {
        ExpressionType.Scalar => Scalar(depth),
        ExpressionType.InstantVector => Vector(depth),
        ExpressionType.RangeVector => Range(depth),
        _ => random.Next(4) == 0 ? new ParenthesizedExpression(new StringLiteral(Pick(Texts), default), default) : new StringLiteral(Pick(Texts), default),
    };

    private Expression Scalar(int depth) => random.Next(depth <= 0 ? 2 : 6) switch
    {
        0 => new NumberLiteral(Sign() * Pick(Numbers), IsDuration: false, default),
        1 => new NumberLiteral(Seconds(), IsDuration: true, default),
        2 => Call(ExpressionType.Scalar, depth),
        3 => new ParenthesizedExpression(Scalar(depth - 1), default),
        4 => Signed(Scalar(depth - 1)),
        _ => Binary(Pick(Operators.Where(symbol => Kind(symbol) is "arithmetic" or "comparison")), Scalar(depth - 1), Scalar(depth - 1)),
    };

    private Expression Vector(int depth)
    {
        switch (random.Next(depth <= 0 ? 1 : 7))
        {
            case 0:
                return Selector() with { Offset = Maybe(Offset), At = Maybe(At) };
            case 1:
                return Call(ExpressionType.InstantVector, depth);
            case 2:
                return Aggregate(depth);
            case 3:
                return new ParenthesizedExpression(Vector(depth - 1), default);
            case 4:
                return Signed(Vector(depth - 1));
            default:
                BinaryOperator symbol = Pick(Operators);
                bool bothVectors = Kind(symbol) == "set" || random.Next(2) == 0;
                bool isLeft = bothVectors || Kind(symbol) == "trim" || random.Next(2) == 0;
                return Binary(symbol, isLeft ? Vector(depth - 1) : Scalar(depth - 1), bothVectors || !isLeft ? Vector(depth - 1) : Scalar(depth - 1));
        }
    }

    private Expression Range(int depth)
    {
        if (depth <= 0 || random.Next(2) == 0)
        {
            return new RangeSelector(Selector() with { Offset = Maybe(Offset), At = Maybe(At) }, Length(), default);
        }

        Expression operand = Vector(depth - 1);
        operand = operand is UnaryExpression or BinaryExpression ? new ParenthesizedExpression(operand, default) : operand;
        return new Subquery(operand, Length(), Maybe(Length), Maybe(Offset), Maybe(At), default);
    }

    private VectorSelector Selector()
    {
        string? name = random.Next(4) == 0 ? null : Pick(Metrics);
        var matchers = Enumerable.Range(0, random.Next(4)).Select(_ => Matcher()).ToList();
        if (name is null)
        {
            matchers.Add(new LabelMatcher(LabelMatcher.MetricName, MatchOperator.Matches, ".+", default));
        }
        else if (random.Next(8) == 0)
        {
            matchers.Add(new LabelMatcher(LabelMatcher.MetricName, MatchOperator.NotEqual, "x", default));
        }

        return new VectorSelector(name, matchers, null, null, default);
    }

    private LabelMatcher Matcher()
    {
        MatchOperator match = Pick(Enum.GetValues<MatchOperator>());
        return new LabelMatcher(Pick(Labels), match, Pick(match is MatchOperator.Equal or MatchOperator.NotEqual ? Texts : Patterns), default);
    }

    private CallExpression Call(ExpressionType type, int depth)
    {
        PromQLFunction function = Pick(PromQLFunctions.All.Where(function => function.ReturnType == type));
        int count = random.Next(function.LeastArguments, (function.MostArguments ?? function.LeastArguments + 3) + 1);
        return new CallExpression(function, [.. Enumerable.Range(0, count).Select(i => OfType(function.Parameter(i).Type, depth - 1))], default);
    }

    private AggregateExpression Aggregate(int depth)
    {
        AggregationOperator aggregation = Pick(Aggregations);
        Expression? parameter = aggregation switch
        {
            AggregationOperator.CountValues => OfType(ExpressionType.String, depth),
            AggregationOperator.TopK or AggregationOperator.BottomK or AggregationOperator.Quantile => Scalar(depth - 1),
            _ => null,
        };
        return new AggregateExpression(aggregation, new Grouping(random.Next(2) == 0, List()), parameter, Vector(depth - 1), default);
    }

    private BinaryExpression Binary(BinaryOperator symbol, Expression left, Expression right)
    {
        bool bothVectors = left.Type == ExpressionType.InstantVector && right.Type == ExpressionType.InstantVector;
        bool bothScalars = left.Type == ExpressionType.Scalar && right.Type == ExpressionType.Scalar;
        bool returnsBool = Kind(symbol) == "comparison" && (bothScalars || random.Next(2) == 0);
        int precedence = Precedence(symbol);
        bool isPower = symbol == BinaryOperator.Power;
        return new BinaryExpression(
            symbol, Enclosed(left, isPower ? precedence + 1 : precedence), Enclosed(right, isPower ? precedence : precedence + 1), returnsBool, bothVectors ? Matching(symbol) : null, default);
    }

    private VectorMatching Matching(BinaryOperator symbol)
    {
        bool isOn = random.Next(2) == 0;
        MatchCardinality cardinality = Kind(symbol) == "set" ? MatchCardinality.ManyToMany : Pick([MatchCardinality.OneToOne, MatchCardinality.ManyToOne, MatchCardinality.OneToMany]);
        IReadOnlyList<string> labels = List();
        bool isGrouped = cardinality is MatchCardinality.ManyToOne or MatchCardinality.OneToMany;
        return new VectorMatching(cardinality, isOn, labels, isGrouped ? [.. List().Where(label => !isOn || !labels.Contains(label))] : []);
    }

    private UnaryExpression Signed(Expression operand)
    {
        // A sign before a number is a part of it.
        Expression enclosed = operand is NumberLiteral ? new ParenthesizedExpression(operand, default) : Enclosed(operand, Precedence(BinaryOperator.Power));
        return new UnaryExpression(random.Next(2) == 0, enclosed, default);
    }

    /// <summary>With parentheses where it binds less tightly.</summary>
    private static Expression Enclosed(Expression expression, int least)
    {
        int precedence = expression switch
        {
            BinaryExpression binary => Precedence(binary.Operator),

            // A sign takes what stands at its right and is bound as tightly as ^, and nothing looser at its left.
            UnaryExpression => Precedence(BinaryOperator.Power),
            NumberLiteral number when double.IsNegative(number.Value) || double.IsPositiveInfinity(number.Value) => Precedence(BinaryOperator.Power),
            _ => int.MaxValue,
        };
        return precedence < least ? new ParenthesizedExpression(expression, default) : expression;
    }

    private DurationNode Length() => random.Next(3) == 0 ? new BinaryDuration(DurationOperator.MaxOf, new StepDuration(default), Duration(2), default) : Literal(Seconds() + 1);

    private DurationNode Offset() => random.Next(4) switch
    {
        0 => new ParenthesizedDuration(Duration(3), default),
        1 => new NegatedDuration(new ParenthesizedDuration(new StepDuration(default), default), default),
        2 => new StepDuration(default),
        _ => Literal(Sign() * (Seconds() + 1)),
    };

    /// <summary>One that hangs on the step, so that no rule about constants refuses it.</summary>
    private DurationNode Duration(int depth)
    {
        if (depth == 0)
        {
            return random.Next(2) == 0 ? new StepDuration(default) : new QueryRangeDuration(default);
        }

        DurationNode left = new ParenthesizedDuration(Duration(depth - 1), default);
        DurationNode right = random.Next(2) == 0 ? new DurationLiteral(random.Next(1, 1000), random.Next(2) == 0, default) : new ParenthesizedDuration(Duration(depth - 1), default);
        return random.Next(4) == 0 ? new NegatedDuration(left, default) : new BinaryDuration(Pick(Enum.GetValues<DurationOperator>()), left, right, default);
    }

    private static DurationLiteral Literal(double seconds) => new(seconds, HasUnit: true, default);

    private AtModifier At() => random.Next(3) switch
    {
        0 => new AtModifier(AtAnchor.Start, 0),
        1 => new AtModifier(AtAnchor.End, 0),
        _ => new AtModifier(AtAnchor.Time, random.NextInt64(-10_000_000_000_000, 10_000_000_000_000)),
    };

    private double Seconds() => random.Next(3) == 0 ? random.Next(0, 10) * 86_400 : random.Next(0, 100_000_000) / 1000.0;

    private double Sign() => random.Next(3) == 0 ? -1 : 1;

    private List<string> List() => [.. random.GetItems(Labels, random.Next(4)).Distinct()];

    private T? Maybe<T>(Func<T> make)
        where T : class => random.Next(3) == 0 ? make() : null;

    private T Pick<T>(IEnumerable<T> from)
    {
        T[] all = [.. from];
        return all[random.Next(all.Length)];
    }

    private static string Kind(BinaryOperator symbol) => symbol switch
    {
        BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Unless => "set",
        BinaryOperator.TrimLower or BinaryOperator.TrimUpper => "trim",
        >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual => "comparison",
        _ => "arithmetic",
    };

    private static int Precedence(BinaryOperator symbol) => symbol switch
    {
        BinaryOperator.Or => 1,
        BinaryOperator.And or BinaryOperator.Unless => 2,
        BinaryOperator.Add or BinaryOperator.Subtract => 4,
        BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Modulo or BinaryOperator.Atan2 => 5,
        BinaryOperator.Power => 6,
        _ => 3,
    };
}
