namespace Observe.Query.PromQL;

/// <summary>
/// A sum of doubles with the rounding errors kept beside it (Kahan's summation in Neumaier's form), which Prometheus uses wherever it adds up samples.
/// </summary>
/// <param name="Sum">The sum as floating point gives it.</param>
/// <param name="Compensation">What it lost to rounding.</param>
public readonly record struct KahanSum(double Sum, double Compensation)
{
    /// <summary>The sum with what was lost.</summary>
    public double Value => Sum + Compensation;

    public static KahanSum operator +(KahanSum sum, double value)
    {
        double total = sum.Sum + value;

        // The difference of infinities would be NaN, and nothing is lost that could be seen beside them.
        if (double.IsInfinity(total))
        {
            return new KahanSum(total, 0);
        }

        double lost = Math.Abs(sum.Sum) >= Math.Abs(value) ? sum.Sum - total + value : value - total + sum.Sum;
        return new KahanSum(total, sum.Compensation + lost);
    }

    public static KahanSum operator +(KahanSum left, KahanSum right)
    {
        KahanSum total = left + right.Sum;
        return total with { Compensation = double.IsInfinity(total.Sum) ? 0 : total.Compensation + right.Compensation };
    }

    public static KahanSum operator *(KahanSum sum, double factor) => new(sum.Sum * factor, sum.Compensation * factor);

    public static KahanSum operator /(KahanSum sum, double divisor) => new(sum.Sum / divisor, sum.Compensation / divisor);
}
