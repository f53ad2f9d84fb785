using System.CommandLine.Parsing;
using System.Globalization;

namespace Observe.Bench.Commands;

/// <summary>Reads <c>90s</c>, <c>15m</c>, <c>1h</c>, <c>7d</c>, or 0.</summary>
internal static class DurationText
{
    public static TimeSpan Parse(ArgumentResult argument)
    {
        string text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
        if (text == "0")
        {
            return TimeSpan.Zero;
        }

        if (text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
        {
            switch (text[^1])
            {
                case 's':
                    return TimeSpan.FromSeconds(number);
                case 'm':
                    return TimeSpan.FromMinutes(number);
                case 'h':
                    return TimeSpan.FromHours(number);
                case 'd':
                    return TimeSpan.FromDays(number);
            }
        }

        argument.AddError($"\"{text}\" is no duration. Write a number and s, m, h or d, such as 90s.");
        return TimeSpan.Zero;
    }
}
