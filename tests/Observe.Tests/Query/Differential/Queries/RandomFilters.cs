using System.Globalization;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Tests.Query.Differential.Data;
using Observe.Tests.Query.Differential.Reference;

namespace Observe.Tests.Query.Differential.Queries;

/// <summary>Filters over names and values that mostly are those of a record, so that they find something.</summary>
internal sealed class RandomFilters(Random random, SearchSignal signal, IReadOnlyList<TestRecord> records)
{
    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["severity"] = ["trace", "debug", "info", "WARN", "warn", "error", "Error", "fatal", "error2", "debug2", "critical", "notice", "17", "9", "24", "1"],
        ["kind"] = ["unspecified", "internal", "server", "Client", "producer", "consumer"],
        ["status"] = ["unset", "ok", "ERROR", "error"],
    };

    private static readonly ComparisonOperator[] Orders =
        [ComparisonOperator.Less, ComparisonOperator.LessOrEqual, ComparisonOperator.Greater, ComparisonOperator.GreaterOrEqual];

    private readonly TestRecord[] _records = [.. records.Where(record => record.Signal == signal)];

    public FilterNode Filter(int depth) => random.Next(depth == 0 ? 7 : 10) switch
    {
        7 => new AndNode(Operands(depth), default),
        8 => new OrNode(Operands(depth), default),
        9 => new NotNode(Filter(depth - 1), default),
        _ => Leaf(),
    };

    /// <summary>A filter of spans below others.</summary>
    public FilterNode Below(int depth)
    {
        FilterNode below = new BelowNode(Filter(depth), Filter(depth), random.Next(2) == 0, default);
        return random.Next(3) == 0 ? new BelowNode(below, Filter(depth), random.Next(2) == 0, default) : below;
    }

    /// <summary>A name and the value of some record under it; the value is null where that record has none.</summary>
    public (FieldName Field, object? Value) Drawn()
    {
        TestRecord record = Pick(_records);
        FieldName field = random.Next(12) switch
        {
            0 or 1 or 2 or 3 => new FieldName(FieldPlace.Any, Pick([.. ReferenceFields.Columns(signal)]), default),
            4 when signal == SearchSignal.Logs && record.Body is TestMap body => Leaf(FieldPlace.Body, body),
            5 => Leaf(FieldPlace.Resource, record.Origin.Resource),
            6 => Leaf(FieldPlace.Scope, record.Origin.Scope),
            7 => new FieldName(Pick([FieldPlace.Any, FieldPlace.Attribute]), Pick(["nowhere", "n", "mixed", "deep.host", "map", "http", "x' OR 1=1 --"]), default),
            _ => Leaf(FieldPlace.Attribute, record.Attributes),
        };
        ReferenceField meant = ReferenceFields.Resolve(signal, field);
        return (field, meant is TextsField texts ? (texts.Get(record) is [string first, ..] ? first : null) : meant.Value(record));
    }

    private FieldName Leaf(FieldPlace place, TestMap map)
    {
        string[] names = [.. ReferenceFields.Leaves(map).Keys.Where(name => name.Length > 0)];
        string name = names.Length == 0 ? "mixed" : Pick(names);
        bool isColumn = ReferenceFields.Columns(signal).Contains(name);
        return new FieldName(!isColumn && place != FieldPlace.Scope && random.Next(2) == 0 ? FieldPlace.Any : place, name, default);
    }

    private FilterNode[] Operands(int depth) => [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => Filter(depth - 1))];

    private FilterNode Leaf()
    {
        if (random.Next(6) == 0)
        {
            return Words();
        }

        if (random.Next(15) == 0)
        {
            return Id();
        }

        if (random.Next(60) == 0)
        {
            return new AllNode(default);
        }

        (FieldName field, object? value) = Drawn();
        ReferenceField meant = ReferenceFields.Resolve(signal, field);
        int form = random.Next(12);
        if (form == 0)
        {
            return new ExistsNode(field, default);
        }

        if (meant is SeverityField or NamesField)
        {
            return Named(field, meant, form);
        }

        if (meant is TimeField or DurationField)
        {
            return new ComparisonNode(field, Operator(isOrder: form > 2), meant is TimeField ? Time(value) : Duration(value), default);
        }

        if (meant is NumberField && form == 1)
        {
            return new InNode(field, Values(random.Next(1, 30), () => Bare(Number(value, canHaveUnit: false))), default);
        }

        if (meant is NumberField)
        {
            return new ComparisonNode(field, Operator(isOrder: form > 4), Bare(Number(value, canHaveUnit: false)), default);
        }

        if (meant is IdField)
        {
            return OfId(field, value as string ?? "", form);
        }

        return OfText(field, meant, value, form);
    }

    /// <summary>A word, a phrase or the beginning of a word of a record's own text.</summary>
    private TextNode Words()
    {
        string text = Pick([.. ReferenceFields.Searched(Pick(_records))]);
        (string phrase, bool isPrefix) = Phrase(text);
        return new TextNode(phrase, isPrefix, default);
    }

    private IdNode Id()
    {
        string[] ids = [.. ReferenceIds.Of(Pick(_records))];
        string id = ids.Length == 0 ? "ord-77" : Pick(ids);
        return new IdNode(
            random.Next(4) switch
            {
                0 when !id.Any(char.IsAsciiLetterLower) || !id.Any(char.IsAsciiLetterUpper) => random.Next(2) == 0 ? id.ToUpperInvariant() : id.ToLowerInvariant(),
                1 when id.Length == 32 => $"{id[..8]}-{id[8..12]}-{id[12..16]}-{id[16..20]}-{id[20..]}",
                2 when id.Length == 36 => id.Replace("-", "", StringComparison.Ordinal),
                _ => id,
            },
            default);
    }

    private string OtherId(FieldName field) => (string?)ReferenceFields.Resolve(signal, field).Value(Pick(_records)) ?? "";

    private static QueryValue[] Values(int count, Func<QueryValue> value) => [.. Enumerable.Range(0, count).Select(_ => value())];

    private FilterNode Named(FieldName field, ReferenceField meant, int form)
    {
        string name = Pick(Names[field.Name]);
        return form switch
        {
            1 => new InNode(field, [Bare(name), Bare(Pick(Names[field.Name]))], default),
            2 when meant is NamesField => new ContainsNode(field, name[..2], true, default),
            3 when meant is NamesField => new ComparisonNode(field, Operator(isOrder: false), Bare(name[..1] + "*"), default),
            4 or 5 or 6 or 7 when meant is SeverityField => new ComparisonNode(field, Pick(Orders), Bare(name), default),
            _ => new ComparisonNode(field, Operator(isOrder: false), Bare(name), default),
        };
    }

    private FilterNode OfId(FieldName field, string id, int form) => form switch
    {
        1 or 2 when id.Length > 0 => new ContainsNode(field, id[..(id.Length / 4)], true, default),
        3 or 4 when id.Length > 0 => new ComparisonNode(field, Operator(isOrder: false), Bare(id[..2].ToUpperInvariant() + "*"), default),
        5 when id.Length > 0 => new ComparisonNode(field, ComparisonOperator.Matches, Quoted("^" + id[..2]), default),
        6 => new ComparisonNode(field, Operator(isOrder: false), Quoted(id.ToUpperInvariant()), default),
        7 => new InNode(field, [Quoted(id), .. Values(random.Next(1, 20), () => Quoted(OtherId(field)))], default),
        _ => new ComparisonNode(field, Operator(isOrder: false), Quoted(id), default),
    };

    private FilterNode OfText(FieldName field, ReferenceField meant, object? value, int form)
    {
        if (value is object?[] list)
        {
            value = list.Length == 0 ? null : Pick(list);
        }

        string text = ReferenceText.Of(value) ?? RandomValues.Text(random);
        switch (form)
        {
            case 1:
                return new InNode(
                    field,
                    [Literal(text), .. Values(random.Next(4) == 0 ? 40 : 2, () => random.Next(3) == 0 ? Bare(Number(value, canHaveUnit: false)) : Literal(RandomValues.Text(random)))],
                    default);
            case 2 or 3:
                (string phrase, bool isPrefix) = Phrase(text);
                return new ContainsNode(field, phrase, isPrefix, default);
            case 4:
                return new ComparisonNode(field, Pick([ComparisonOperator.Matches, ComparisonOperator.NotMatches]), Quoted(RandomPatterns.Around(random, text)), default);
            case 5 when Wildcard(text) is { } wildcard:
                return new ComparisonNode(field, Operator(isOrder: false), wildcard, default);
            case 6:
                return new ComparisonNode(field, Pick(Orders), Quoted(random.Next(3) == 0 ? Pick(RandomValues.Texts) : text), default);
            case 7 or 8 or 9 when meant is AttributeField:
                return new ComparisonNode(field, Pick(Orders), Bare(Number(value, canHaveUnit: true)), default);
            default:
                return new ComparisonNode(field, Operator(isOrder: false), Literal(text), default);
        }
    }

    /// <summary>A part of a text from the beginning of a word, or a text that is not there.</summary>
    private (string Phrase, bool IsPrefix) Phrase(string text)
    {
        string[] words = [.. text.Split(' ').Where(word => word.Any(char.IsLetterOrDigit))];
        if (words.Length == 0)
        {
            return (Pick(["payment", "ok", "5"]), false);
        }

        int start = random.Next(words.Length);
        string phrase = random.Next(3) == 0 ? string.Join(' ', words.Skip(start).Take(2)) : words[start];
        phrase = random.Next(4) switch { 0 => phrase.ToUpperInvariant(), 1 => phrase.ToLowerInvariant(), _ => phrase };
        bool isBare = phrase.All(c => char.IsLetterOrDigit(c) || c is '_' or '.');
        if (isBare && random.Next(2) == 0)
        {
            return (phrase[..random.Next(phrase.IndexOf(phrase.First(char.IsLetterOrDigit), StringComparison.Ordinal) + 1, phrase.Length + 1)], true);
        }

        bool canBeCut = random.Next(5) == 0 && !char.IsHighSurrogate(phrase[0]) && !char.IsSurrogate(phrase[^1]) && phrase[..^1].Any(char.IsLetterOrDigit);
        return (canBeCut ? phrase[..^1] : phrase, false);
    }

    /// <summary>The text with a * in place of a part; null where it cannot stand without quotes.</summary>
    private QueryValue? Wildcard(string text)
    {
        int start = random.Next(text.Length + 1);
        int end = random.Next(start, text.Length + 1);
        string wildcard = text[..start] + "*" + text[end..];
        bool canBeBare = wildcard.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '/' or '*' or '%' or '\\' or '-' or '\'' or '{' or '}' or '?');
        return canBeBare && !wildcard.Any(char.IsSurrogate) && wildcard[0] != '\'' ? Bare(wildcard) : null;
    }

    /// <summary>A number near the value's, written in one of several ways.</summary>
    private string Number(object? value, bool canHaveUnit)
    {
        object number = value switch
        {
            long integer => integer,
            double real when double.IsFinite(real) => real,
            string text when ReferenceNumber.OfText(text) is { } real && double.IsFinite(real) => real,
            _ => random.Next(2) == 0 ? RandomValues.Integer(random) : Math.Round(random.NextDouble() * 10, 1),
        };
        return (number, random.Next(6)) switch
        {
            (long integer, 0) => ((double)integer).ToString("R", CultureInfo.InvariantCulture),
            (long integer, 1) => unchecked(integer + random.Next(-1, 2)).ToString(CultureInfo.InvariantCulture),
            (long integer, 2) => integer.ToString(CultureInfo.InvariantCulture) + ".5",
            (_, 3) when canHaveUnit => Pick(["4KB", "4KiB", "5B", "0.5KB"]),
            (IFormattable other, _) => other.ToString(other is double ? "R" : null, CultureInfo.InvariantCulture),
            _ => "5",
        };
    }

    private QueryValue Time(object? value)
    {
        long nanoseconds = value is ReferenceTime { Nanoseconds: > 0 } time ? time.Nanoseconds : Pick(_records).Timestamp;
        return Bare(new ReferenceTime(nanoseconds + random.Next(-1, 2)).ToString());
    }

    private QueryValue Duration(object? value) => Bare(random.Next(4) == 0
        ? Pick(["250ms", "0.25s", "1s", "2s", "0ns", "1h", "1us", "-5ms"])
        : string.Create(CultureInfo.InvariantCulture, $"{value ?? 0L}ns"));

    private ComparisonOperator Operator(bool isOrder) => isOrder ? Pick(Orders) : random.Next(3) == 0 ? ComparisonOperator.NotEqual : ComparisonOperator.Equal;

    /// <summary>A value that stands for itself: quoted, or bare where it can be.</summary>
    private QueryValue Literal(string text)
    {
        bool canBeBare = text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '/' or '-' or '+' or '%' or '\\' or '@') && !text.Any(char.IsSurrogate);
        return canBeBare && random.Next(3) > 0 ? Bare(text) : Quoted(text);
    }

    private static QueryValue Bare(string text) => new(text, false, default);

    private static QueryValue Quoted(string text) => new(text, true, default);

    private T Pick<T>(IReadOnlyList<T> from) => RandomValues.Pick(random, from);
}
