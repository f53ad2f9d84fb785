namespace Observe.Query.PromQL.Evaluation.Functions;

/// <summary>Functions of each number alone. Histograms have no result.</summary>
internal static class NumberFunctions
{
    private static readonly Dictionary<string, Func<double, double>> Functions = new(StringComparer.Ordinal)
    {
        ["abs"] = Math.Abs,
        ["acos"] = Math.Acos,
        ["acosh"] = Math.Acosh,
        ["asin"] = Math.Asin,
        ["asinh"] = Math.Asinh,
        ["atan"] = Math.Atan,
        ["atanh"] = Math.Atanh,
        ["ceil"] = Math.Ceiling,
        ["cos"] = Math.Cos,
        ["cosh"] = Math.Cosh,
        ["deg"] = radians => radians * 180 / Math.PI,
        ["exp"] = Math.Exp,
        ["floor"] = Math.Floor,
        ["ln"] = Math.Log,
        ["log10"] = Math.Log10,
        ["log2"] = Math.Log2,
        ["rad"] = degrees => degrees * Math.PI / 180,
        ["sgn"] = number => double.IsNaN(number) || number == 0 ? number : Math.Sign(number),
        ["sin"] = Math.Sin,
        ["sinh"] = Math.Sinh,
        ["sqrt"] = Math.Sqrt,
        ["tan"] = Math.Tan,
        ["tanh"] = Math.Tanh,
        ["day_of_month"] = OfDate(date => date.Day),
        ["day_of_week"] = OfDate(date => (int)date.DayOfWeek),
        ["day_of_year"] = OfDate(date => date.DayOfYear),
        ["days_in_month"] = OfDate(date => DateTime.DaysInMonth(date.Year, date.Month)),
        ["hour"] = OfDate(date => date.Hour),
        ["minute"] = OfDate(date => date.Minute),
        ["month"] = OfDate(date => date.Month),
        ["year"] = OfDate(date => date.Year),
    };

    public static Func<double, double>? Find(string name) => Functions.GetValueOrDefault(name);

    /// <summary>A part of the date, in UTC, that is so many seconds after 1970; NaN for what no calendar has.</summary>
    private static Func<double, double> OfDate(Func<DateTime, int> part)
    {
        double first = (DateTime.MinValue - DateTime.UnixEpoch).TotalSeconds, last = (DateTime.MaxValue - DateTime.UnixEpoch).TotalSeconds;
        return seconds => seconds >= first && seconds < Math.Floor(last) ? part(DateTime.UnixEpoch.AddTicks((long)Math.Truncate(seconds) * TimeSpan.TicksPerSecond)) : double.NaN;
    }
}
