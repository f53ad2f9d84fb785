namespace Observe.Query.Language;

/// <summary>Reads the stages of a query, from the first <c>|</c> on.</summary>
/// <remarks>
/// <code>
/// stages = { "|" stage }
/// stage  = "where" or | "stats" … (StatsParser) | "sort" key { "," key } | "limit" N | "fields" field { "," field } | "dedup" field { "," field }
///        | "top" N "by" field | "let" field "=" expression (ExpressionParser) | "patterns" | "traces"
///        | "parse" ( quoted | "json" | "logfmt" ) [ "from" field ]
/// key    = field [ "asc" | "desc" ]
/// </code>
/// </remarks>
internal sealed class StageParser(TokenReader tokens, FilterParser fields, Func<FilterNode> parseFilter)
{
    private static readonly string[] Names =
        ["where", "stats", "sort", "limit", "fields", "dedup", "top", "let", "parse", "patterns", "traces"];

    private readonly StatsParser _stats = new(tokens, fields, parseFilter);
    private readonly ExpressionParser _expressions = new(tokens, fields);

    public IReadOnlyList<StageNode> Parse()
    {
        var stages = new List<StageNode>();
        while (tokens.Peek() is { Kind: TokenKind.Pipe })
        {
            Token pipe = tokens.Take();
            if (stages.Count == LanguageLimits.MaxStages)
            {
                throw new QuerySyntaxException($"A query has at most {LanguageLimits.MaxStages} stages.", pipe.Span);
            }

            stages.Add(Stage(pipe));
        }

        return stages;
    }

    private StageNode Stage(Token pipe)
    {
        Token name = tokens.Take();
        if (name.Kind == TokenKind.Pipe)
        {
            throw new QuerySyntaxException("|| means nothing here; write or.", TextSpan.FromBounds(pipe.Span.Start, name.Span.End));
        }

        if (name.Kind != TokenKind.Word)
        {
            throw new QuerySyntaxException($"The name of a stage is expected after |: {string.Join(", ", Names)}.", name.Kind == TokenKind.End ? pipe.Span : name.Span);
        }

        StageNode stage = name.Text.ToLowerInvariant() switch
        {
            "where" => new WhereStage(parseFilter(), default),
            "stats" => _stats.Parse(),
            "sort" => Sort(),
            "limit" => new LimitStage(Count("limit"), default),
            "fields" => new FieldsStage(List(Field), default),
            "dedup" => new DedupStage(List(Field), default),
            "top" => Top(),
            "let" => Let(),
            "parse" => ParseText(),
            "patterns" => new PatternsStage(default),
            "traces" => new TracesStage(default),
            _ => throw Unknown(name),
        };
        Token next = tokens.Peek();
        if (next.Kind is not (TokenKind.End or TokenKind.Pipe))
        {
            tokens.Take();
            throw new QuerySyntaxException(StageMistakes.Trailing(name.Text, stage, next, tokens.Peek(), Names), next.Span);
        }

        return stage with { Span = TextSpan.FromBounds(name.Span.Start, tokens.LastEnd) };
    }

    private FieldName Field() => fields.Name();

    private SortStage Sort()
    {
        int start = tokens.Position;
        Token by = tokens.Take();
        if (by.IsWord("by") && tokens.Peek() is { Kind: TokenKind.Word or TokenKind.Backticked or TokenKind.Negation } next
            && !next.IsWord("asc") && !next.IsWord("desc"))
        {
            throw new QuerySyntaxException("sort takes its fields without by, as in: sort timestamp desc.", by.Span);
        }

        tokens.Position = start;
        return new SortStage(List<SortKey>(Key), default);
    }

    private SortKey Key()
    {
        Token minus = tokens.Peek();
        if (minus.Kind == TokenKind.Negation)
        {
            tokens.Take();
            Token name = tokens.Peek();
            throw new QuerySyntaxException(
                $"The direction stands after the field: sort {(name.Kind is TokenKind.Word or TokenKind.Backticked ? tokens.Source(name.Span.Start, name.Span.End) : "timestamp")} desc.",
                minus.Span);
        }

        FieldName field = Field();
        bool isDescending = tokens.Peek().IsWord("desc");
        if (isDescending || tokens.Peek().IsWord("asc"))
        {
            tokens.Take();
        }

        return new SortKey(field, isDescending);
    }

    private TopStage Top()
    {
        int count = Count("top");
        Token by = tokens.Take();
        return by.IsWord("by")
            ? new TopStage(count, fields.Name(), default)
            : throw new QuerySyntaxException("by and a field are expected here, as in: top 10 by http.route.", by.Span);
    }

    private LetStage Let()
    {
        FieldName name = fields.Name();
        if (name.Place != FieldPlace.Any)
        {
            throw new QuerySyntaxException("A name without a prefix is expected after let.", name.Span);
        }

        Token equals = tokens.Take();
        return equals is { Kind: TokenKind.Operator, Text: "=" }
            ? new LetStage(name, _expressions.Parse(), default)
            : throw new QuerySyntaxException("= is expected after the name, as in: let seconds = duration / 1s.", equals.Span);
    }

    private StageNode ParseText()
    {
        Token how = tokens.Take();
        if (how.Kind == TokenKind.Quoted)
        {
            var template = ParseTemplate.Parse(how.Text, how.Span);
            return new ParseTemplateStage(template, From(), default);
        }

        return how.IsWord("json") ? new ParseFormatStage(ParseFormat.Json, From(), default)
            : how.IsWord("logfmt") ? new ParseFormatStage(ParseFormat.Logfmt, From(), default)
            : throw new QuerySyntaxException("json, logfmt or a template in quotes is expected here, such as \"took <ms:number>ms\".", how.Span);
    }

    private FieldName? From()
    {
        if (!tokens.Peek().IsWord("from"))
        {
            return null;
        }

        tokens.Take();
        return Field();
    }

    private List<T> List<T>(Func<T> item)
    {
        var items = new List<T> { item() };
        while (tokens.Peek().Kind == TokenKind.Comma)
        {
            Token comma = tokens.Take();
            if (items.Count == LanguageLimits.MaxColumns)
            {
                throw new QuerySyntaxException($"A list has at most {LanguageLimits.MaxColumns} fields.", comma.Span);
            }

            items.Add(item());
        }

        return items;
    }

    private int Count(string stage)
    {
        Token count = tokens.Take();
        return count.Kind == TokenKind.Word && ValueText.TryInteger(count.Text, out long value) && value is > 0 and <= LanguageLimits.MaxRows
            ? (int)value
            : throw new QuerySyntaxException($"A number from 1 to {LanguageLimits.MaxRows} is expected after {stage}.", count.Span);
    }

    private QuerySyntaxException Unknown(Token name)
    {
        while (tokens.Peek().Kind is not (TokenKind.End or TokenKind.Pipe))
        {
            tokens.Take();
        }

        if (StageMistakes.Replacement(name.Text, tokens.Source(name.Span.End, tokens.LastEnd).Trim()) is { } replacement)
        {
            return new QuerySyntaxException($"There is no stage {name.Text}: write {replacement}.", name.Span);
        }

        IReadOnlyList<string> nearest = NearestName.Find(name.Text, Names, 1);
        return new QuerySyntaxException(
            $"There is no stage {name.Text}. " + (nearest.Count == 0 ? $"There are {string.Join(", ", Names)}." : $"The nearest is {nearest[0]}."), name.Span);
    }
}
