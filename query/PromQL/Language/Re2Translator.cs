using System.Buffers;
using System.Globalization;
using System.Text;

namespace Observe.Query.PromQL.Language;

/// <summary>Writes a regular expression of RE2 in the syntax of .NET.</summary>
/// <remarks>
/// What differs: <c>(?P&lt;name>…)</c>, the numbers of named groups, <c>\Q…\E</c>, <c>\x{…}</c>, <c>\pL</c>, <c>[[:alpha:]]</c>, <c>\d \s \w</c> (ASCII
/// in RE2), <c>^</c> and <c>$</c> (the ends of the text alone unless <c>(?m)</c>), the flag <c>U</c>, and what is an error. Characters beyond U+FFFF are
/// two to .NET: a <c>.</c> is half of one.
/// </remarks>
internal sealed class Re2Translator(string pattern)
{
    private static readonly SearchValues<char> FlagParts = SearchValues.Create("imsU-");

    private readonly StringBuilder _text = new();
    private readonly Stack<Group> _open = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Re2Class _classes = new(pattern);
    private int _position;
    private bool _multiline;

    /// <summary>How often the part that a repetition would follow is repeated within; 0 where there is none.</summary>
    private int _repeats;

    /// <summary>Of the largest part of the group so far.</summary>
    private int _mostRepeats = 1;

    private bool _followsRepetition;
    private int _groups;

    /// <exception cref="ArgumentException">The pattern is none; the message says what is wrong with it.</exception>
    public string Translate()
    {
        while (_position < pattern.Length)
        {
            Part();
        }

        return _open.Count == 0 ? _text.ToString() : throw Error("a ) is missing");
    }

    private void Part()
    {
        char c = pattern[_position];
        switch (c)
        {
            case '(':
                OpenGroup();
                break;
            case ')':
                CloseGroup();
                break;
            case '|':
                _position++;
                _text.Append('|');
                (_repeats, _followsRepetition) = (0, false);
                break;
            case '[':
                Add(_classes.Read(ref _position));
                break;
            case '^' or '$':
                _position++;
                Add(_multiline ? c.ToString() : c == '^' ? @"\A" : @"\z");
                break;
            case '.':
                _position++;
                Add(".");
                break;
            case '*' or '+' or '?':
                _position++;
                Repeat(c.ToString(), 1);
                break;
            case '{' when TryBounds(out string bounds, out int most):
                Repeat(bounds, most);
                break;
            case '\\' when Next(1) == 'Q':
                Literal();
                break;
            case '\\':
                Add(_classes.Escape(ref _position, inClass: false));
                break;
            case var _ when char.IsHighSurrogate(c) && char.IsLowSurrogate(Next(1)):
                Add($"(?:{pattern.AsSpan(_position, 2)})");
                _position += 2;
                break;
            default:
                _position++;
                Add(Re2Class.Literal(c));
                break;
        }
    }

    private void Add(string part)
    {
        _text.Append(part);
        (_repeats, _followsRepetition) = (1, false);
    }

    private void Repeat(string symbol, int most)
    {
        if (_followsRepetition)
        {
            throw Error($"{symbol} repeats a repetition: put parentheses around what is repeated");
        }

        if (_repeats == 0)
        {
            throw Error($"there is nothing before {symbol} that it could repeat; for the character itself, write \\{symbol[0]}, and for any text, .*");
        }

        _repeats *= Math.Max(most, 1);
        if (_repeats > PromQLLimits.MaxPatternRepeats)
        {
            throw Error($"a part is repeated more than {PromQLLimits.MaxPatternRepeats} times");
        }

        _mostRepeats = Math.Max(_mostRepeats, _repeats);
        _text.Append(symbol);
        if (Next(0) == '?')
        {
            // Lazily or not: the whole value must match, so it is the same, but for the groups of label_replace.
            _position++;
            _text.Append('?');
        }

        _followsRepetition = true;
    }

    /// <summary><c>{2}</c>, <c>{2,}</c> or <c>{2,5}</c>; anything else in braces stands for itself.</summary>
    private bool TryBounds(out string bounds, out int most)
    {
        (bounds, most) = ("", 1);
        int end = pattern.IndexOf('}', _position);
        string[] numbers = end < 0 ? [] : pattern[(_position + 1)..end].Split(',');
        if (numbers.Length is not (1 or 2) || numbers[0].Length == 0 || numbers.Any(number => number.AsSpan().ContainsAnyExceptInRange('0', '9')))
        {
            return false;
        }

        int least = Count(numbers[0]);
        int greatest = numbers.Length == 1 ? least : numbers[1].Length == 0 ? -1 : Count(numbers[1]);
        if (greatest >= 0 && least > greatest)
        {
            throw Error($"{{{least},{greatest}}} repeats at least more often than at most");
        }

        bounds = pattern[_position..(end + 1)];
        most = Math.Max(least, greatest);
        _position = end + 1;
        return true;
    }

    private static int Count(string digits) =>
        digits.Length <= 4 && int.Parse(digits, CultureInfo.InvariantCulture) is int count && count <= PromQLLimits.MaxPatternRepeats
            ? count
            : throw Error($"a part is repeated more than {PromQLLimits.MaxPatternRepeats} times");

    private void OpenGroup()
    {
        _position++;
        bool before = _multiline;
        string open;
        bool isNamed = false;
        if (Next(0) != '?')
        {
            open = string.Create(CultureInfo.InvariantCulture, $"(?<{++_groups}>");
        }
        else if (Next(1) == '<' && Next(2) is '=' or '!' || Next(1) is '=' or '!')
        {
            throw Error("it cannot look ahead or behind: for values that do not match, use !~ in a matcher of its own");
        }
        else if (Next(1) == '<' || (Next(1) == 'P' && Next(2) == '<'))
        {
            open = Named();
            isNamed = true;
        }
        else
        {
            string? flags = Flags();
            if (flags is null)
            {
                return;
            }

            open = flags;
        }

        if (_open.Count == PromQLLimits.MaxDepth)
        {
            throw Error($"it is nested deeper than {PromQLLimits.MaxDepth} levels");
        }

        _text.Append(open);
        _open.Push(new Group(before, _mostRepeats, isNamed));
        (_repeats, _followsRepetition, _mostRepeats) = (0, false, 1);
    }

    private string Named()
    {
        int start = _position + (Next(1) == '<' ? 2 : 3);
        int end = pattern.IndexOf('>', start);
        string name = end < 0 ? "" : pattern[start..end];
        if (name.Length == 0 || !name.All(Lexer.IsNamePart))
        {
            throw Error("a group's name has letters, digits and _ and ends with >");
        }

        if (!_names.Add(name))
        {
            throw Error($"there are two groups {name}");
        }

        // .NET gives named groups the last numbers, so a second one within has the number that it has in RE2.
        _position = end + 1;
        return char.IsAsciiDigit(name[0])
            ? throw Error("a group's name begins with a letter")
            : string.Create(CultureInfo.InvariantCulture, $"(?<{name}>(?<{++_groups}>");
    }

    /// <summary><c>(?i:</c> opens a group; <c>(?i)</c> holds for the rest of the one that it stands in.</summary>
    /// <returns>How the group opens; null if none does.</returns>
    private string? Flags()
    {
        int end = pattern.AsSpan(_position).IndexOfAny(':', ')');
        string flags = end < 0 ? "" : pattern.Substring(_position + 1, end - 1);
        if (end < 0 || flags.AsSpan().ContainsAnyExcept(FlagParts) || flags.Count(c => c == '-') > 1 || flags.EndsWith('-')
            || (flags.Length == 0 && pattern[_position + end] == ')'))
        {
            throw Error("after (? one of the flags i, m, s and U is expected, or : or P<name>");
        }

        _position += end + 1;
        int minus = flags.IndexOf('-', StringComparison.Ordinal);
        int multiline = flags.IndexOf('m', StringComparison.Ordinal);
        if (multiline >= 0)
        {
            _multiline = minus < 0 || multiline < minus;
        }

        string known = flags.Replace("U", "", StringComparison.Ordinal).TrimEnd('-');
        if (pattern[_position - 1] == ':')
        {
            return $"(?{known}:";
        }

        _text.Append(known.Length == 0 ? "" : $"(?{known})");
        (_repeats, _followsRepetition) = (0, false);
        return null;
    }

    private void CloseGroup()
    {
        if (!_open.TryPop(out Group group))
        {
            throw Error("a ) closes nothing");
        }

        _position++;
        _text.Append(group.IsNamed ? "))" : ")");
        _multiline = group.Multiline;
        (_repeats, _followsRepetition) = (_mostRepeats, false);
        _mostRepeats = Math.Max(_mostRepeats, group.MostRepeats);
    }

    /// <summary><c>\Q…\E</c></summary>
    private void Literal()
    {
        int end = pattern.IndexOf(@"\E", _position + 2, StringComparison.Ordinal);
        foreach (char c in pattern.AsSpan((_position + 2)..(end < 0 ? pattern.Length : end)))
        {
            Add(Re2Class.Literal(c));
        }

        _position = end < 0 ? pattern.Length : end + 2;
    }

    private char Next(int offset) => _position + offset < pattern.Length ? pattern[_position + offset] : '\0';

    private static ArgumentException Error(string message) => Re2Class.Error(message);

    /// <summary>What held before a group, and holds again after it.</summary>
    private readonly record struct Group(bool Multiline, int MostRepeats, bool IsNamed);
}
