using System.Buffers;
using Observe.Fuzz.Engine;

namespace Observe.Fuzz.Mutation;

/// <summary>The tokens of a text that may or may not be JSON, the first 2,048.</summary>
internal sealed class JsonTokens
{
    private static readonly SearchValues<byte> Ends = SearchValues.Create("{}[],:\" \t\r\n"u8);

    private readonly (int Start, int End)[] _tokens = new (int, int)[2048];

    public int Count { get; private set; }

    public void Read(ReadOnlySpan<byte> json)
    {
        Count = 0;
        int position = 0;
        while (position < json.Length && Count < _tokens.Length)
        {
            byte first = json[position];
            if (first is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                position++;
                continue;
            }

            int end = position + 1;
            if (first == '"')
            {
                while (end < json.Length && json[end] != '"')
                {
                    end += json[end] == '\\' ? 2 : 1;
                }

                end = Math.Min(end + 1, json.Length);
            }
            else if (!Ends.Contains(first))
            {
                int length = json[position..].IndexOfAny(Ends);
                end = length < 0 ? json.Length : position + length;
            }

            _tokens[Count++] = (position, end);
            position = end;
        }
    }

    public (int Start, int End) this[int index] => _tokens[index];

    /// <summary>From where to where the value reaches that begins with a token: to the closing bracket, if it opens one.</summary>
    public (int Start, int End) Value(ReadOnlySpan<byte> json, int index)
    {
        (int start, int end) = _tokens[index];
        int depth = 0;
        for (int i = index; i < Count; i++)
        {
            byte first = json[_tokens[i].Start];
            depth += first is (byte)'{' or (byte)'[' ? 1 : first is (byte)'}' or (byte)']' ? -1 : 0;
            if (depth <= 0)
            {
                return (start, i == index ? end : _tokens[i].End);
            }
        }

        return (start, end);
    }

    /// <summary>As <see cref="Value"/>; for the name of a property with the value that follows.</summary>
    public (int Start, int End) Element(ReadOnlySpan<byte> json, int index) =>
        index + 2 < Count && json[_tokens[index + 1].Start] == ':' ? (_tokens[index].Start, Value(json, index + 2).End) : Value(json, index);

    /// <summary>A random token that is no comma or colon, if there is one close by.</summary>
    public int Pick(ReadOnlySpan<byte> json, FuzzRandom random)
    {
        int index = random.Below(Count);
        return index + 1 < Count && json[_tokens[index].Start] is (byte)',' or (byte)':' ? index + 1 : index;
    }
}
