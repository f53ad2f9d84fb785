using System.Text;

namespace Observe.Bench.Shop;

/// <summary>A log message as literal pieces, each followed by a variable.</summary>
internal sealed class MessageTemplate
{
    private MessageTemplate(IReadOnlyList<(byte[] Literal, MessageVariable Variable)> pieces) => Pieces = [.. pieces];

    public (byte[] Literal, MessageVariable Variable)[] Pieces { get; }

    /// <exception cref="FormatException">A variable is not one of <see cref="MessageVariable"/>.</exception>
    public static MessageTemplate Parse(string text)
    {
        var pieces = new List<(byte[], MessageVariable)>();
        int position = 0;
        while (position < text.Length)
        {
            int open = text.IndexOf('{', position);
            if (open < 0)
            {
                pieces.Add((Encoding.UTF8.GetBytes(text[position..]), MessageVariable.None));
                break;
            }

            int close = text.IndexOf('}', open);
            string name = text[(open + 1)..close];
            if (!Enum.TryParse(name, ignoreCase: true, out MessageVariable variable))
            {
                throw new FormatException($"The message template \"{text}\" has an unknown variable \"{name}\".");
            }

            pieces.Add((Encoding.UTF8.GetBytes(text[position..open]), variable));
            position = close + 1;
        }

        return new MessageTemplate(pieces);
    }
}
