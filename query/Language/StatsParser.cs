namespace Observe.Query.Language;

/// <summary>Reads what stands after <c>stats</c>.</summary>
/// <remarks>
/// <code>
/// stats     = aggregate { "," aggregate } [ "by" key { "," key } ]
/// aggregate = name "(" [ arguments ] ")" [ "as" field ]
/// arguments = field | or (count, rate) | number "," field (quantile) | field [ "," N ] (values)
/// key       = field | "bin" "(" [ field "," ] ( width | "auto" ) ")" | "top" "(" N "," field ")"
/// </code>
/// </remarks>
internal sealed class StatsParser(TokenReader tokens, FilterParser fields, Func<FilterNode> parseFilter)
{
    public StatsStage Parse()
    {
        var aggregates = new List<AggregateNode>();
        var keys = new List<GroupKeyNode>();
        do
        {
            aggregates.Add(Aggregate());
        }
        while (TakeComma(aggregates.Count));

        if (tokens.Peek().IsWord("by"))
        {
            tokens.Take();
            do
            {
                keys.Add(Key());
            }
            while (TakeComma(keys.Count));
        }

        return new StatsStage(aggregates, keys, default);
    }

    private AggregateNode Aggregate()
    {
        Token name = tokens.Take();
        if (name.Kind != TokenKind.Word)
        {
            throw new QuerySyntaxException("A function is expected here, such as count() or p99(duration).", name.Span);
        }

        if (AggregateFunctions.TryParse(name.Text) is not { } known)
        {
            IReadOnlyList<string> nearest = NearestName.Find(name.Text, AggregateFunctions.Names, 1);
            throw new QuerySyntaxException(
                $"There is no function {name.Text} of rows. "
                + (nearest.Count == 0 ? $"There are {string.Join(", ", AggregateFunctions.Names)}." : $"The nearest is {nearest[0]}."),
                name.Span);
        }

        Expect(TokenKind.LeftParen, $"( is expected after {name.Text}, as in {name.Text}({(known.Function is AggregateFunction.Count or AggregateFunction.Rate ? "" : "duration")}).");
        AggregateNode aggregate = Arguments(known.Function, known.Level, name);
        Expect(TokenKind.RightParen, $"A ) is expected at the end of {name.Text}(…).");
        FieldName? alias = null;
        if (tokens.Peek().IsWord("as"))
        {
            tokens.Take();
            alias = fields.Name();
        }

        return aggregate with { Name = alias, Span = TextSpan.FromBounds(name.Span.Start, tokens.LastEnd) };
    }

    private AggregateNode Arguments(AggregateFunction function, double? level, Token name)
    {
        if (function is AggregateFunction.Count or AggregateFunction.Rate)
        {
            FilterNode? filter = tokens.Peek().Kind == TokenKind.RightParen ? null : parseFilter();
            return new AggregateNode(function, null, filter, null, null, default);
        }

        if (function == AggregateFunction.Quantile && level is null)
        {
            level = Level();
            Expect(TokenKind.Comma, "A comma and a field are expected after the level, as in quantile(0.95, duration).");
        }

        if (tokens.Peek().Kind == TokenKind.RightParen)
        {
            throw new QuerySyntaxException($"{name.Text} needs a field, as in {name.Text}(duration).", tokens.Peek().Span);
        }

        FieldName field = fields.Name();
        double? parameter = level;
        if (function == AggregateFunction.Values)
        {
            parameter = AggregateNode.DefaultValues;
            if (tokens.Peek().Kind == TokenKind.Comma)
            {
                tokens.Take();
                Token most = tokens.Take();
                parameter = ValueText.TryInteger(most.Text, out long value) && value is > 0 and <= LanguageLimits.MaxValues
                    ? value
                    : throw new QuerySyntaxException($"A number from 1 to {LanguageLimits.MaxValues} is expected here.", most.Span);
            }
        }

        return new AggregateNode(function, field, null, parameter, null, default);
    }

    private double Level()
    {
        Token level = tokens.Take();
        return level.Kind == TokenKind.Word && ValueText.TryNumber(level.Text, out double value) && value is >= 0 and <= 1
            ? value
            : throw new QuerySyntaxException("A level from 0 to 1 is expected here, as in quantile(0.95, duration).", level.Span);
    }

    private GroupKeyNode Key()
    {
        Token first = tokens.Peek();
        int start = tokens.Position;
        if (first.IsWord("bin") || first.IsWord("top"))
        {
            tokens.Take();
            if (tokens.Peek().Kind == TokenKind.LeftParen)
            {
                return first.IsWord("bin") ? Bin(first) : Top(first);
            }

            tokens.Position = start;
        }

        FieldName field = fields.Name();
        return new FieldKey(field, field.Span);
    }

    private BinKey Bin(Token bin)
    {
        tokens.Take();
        FieldName? field = null;
        int start = tokens.Position;
        Token first = tokens.Take();
        if (first.Kind == TokenKind.Backticked || (first.Kind == TokenKind.Word && tokens.Peek().Kind is TokenKind.Comma or TokenKind.Backticked))
        {
            tokens.Position = start;
            field = fields.Name();
            Expect(TokenKind.Comma, "A comma and a width are expected after the field, as in bin(duration, 100ms).");
            first = tokens.Take();
        }

        bool isAuto = field is null && first.IsWord("auto");
        if (!isAuto && !IsWidth(first, field))
        {
            throw new QuerySyntaxException(
                (field is null ? "A width is expected here, such as 1m, or auto." : "A width is expected here: a number, a duration or a size above 0.") + Units(first, field),
                first.Span);
        }

        Expect(TokenKind.RightParen, "A ) is expected after the width.");
        return new BinKey(field, isAuto ? null : new QueryValue(first.Text, false, first.Span), TextSpan.FromBounds(bin.Span.Start, tokens.LastEnd));
    }

    private TopKey Top(Token top)
    {
        tokens.Take();
        Token count = tokens.Take();
        if (count.Kind != TokenKind.Word || !ValueText.TryInteger(count.Text, out long most) || most is < 1 or > LanguageLimits.MaxValues)
        {
            throw new QuerySyntaxException($"A number from 1 to {LanguageLimits.MaxValues} is expected here, as in top(10, http.route).", count.Span);
        }

        Expect(TokenKind.Comma, "A comma and a field are expected after the number, as in top(10, http.route).");
        FieldName field = fields.Name();
        Expect(TokenKind.RightParen, "A ) is expected after the field.");
        return new TopKey((int)most, field, TextSpan.FromBounds(top.Span.Start, tokens.LastEnd));
    }

    private static string Units(Token width, FieldName? field) =>
        ValueText.HasUnknownUnit(width.Text) || (field is null && ValueText.TryNumber(width.Text, out _))
            ? $" Its unit is one of {ValueText.DurationUnits}{(field is null ? "" : $", or of {ValueText.SizeUnits}")}."
            : "";

    private static bool IsWidth(Token width, FieldName? field)
    {
        double value = 0;
        return width.Kind == TokenKind.Word
            && (ValueText.TryDuration(width.Text, out value)
                || (field is not null && (ValueText.TryNumber(width.Text, out value) || ValueText.TrySize(width.Text, out value))))
            && value > 0;
    }

    private bool TakeComma(int count)
    {
        if (tokens.Peek().Kind != TokenKind.Comma)
        {
            return false;
        }

        Token comma = tokens.Take();
        return count < LanguageLimits.MaxColumns
            ? true
            : throw new QuerySyntaxException($"stats has at most {LanguageLimits.MaxColumns} columns.", comma.Span);
    }

    private void Expect(TokenKind kind, string message)
    {
        Token token = tokens.Take();
        if (token.Kind != kind)
        {
            throw new QuerySyntaxException(message, token.Span);
        }
    }
}
