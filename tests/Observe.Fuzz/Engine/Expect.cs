using System.Globalization;
using System.Runtime.CompilerServices;

namespace Observe.Fuzz.Engine;

/// <summary>States what must hold. The text is made only where it does not.</summary>
internal static class Expect
{
    public static void That(bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] ref Otherwise otherwise)
    {
        if (!condition)
        {
            throw new FuzzFailureException(otherwise.ToString());
        }
    }

    [InterpolatedStringHandler]
    internal ref struct Otherwise
    {
        private DefaultInterpolatedStringHandler _text;

        public Otherwise(int literalLength, int formattedCount, bool condition, out bool isWanted)
        {
            isWanted = !condition;
            _text = isWanted ? new(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
        }

        public void AppendLiteral(string text) => _text.AppendLiteral(text);

        public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

        public void AppendFormatted<T>(T value, string format) => _text.AppendFormatted(value, format);

        public override string ToString() => _text.ToStringAndClear();
    }
}
