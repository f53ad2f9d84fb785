using Observe.Query.Language;

namespace Observe.Query.Compilation.Targets;

/// <summary>The numbers among a list's values, by the type of the column that they are looked for in.</summary>
/// <param name="Integers">Those that an integer can be equal to.</param>
/// <param name="ExactDoubles">Those that a double can be equal to, without those integers that no double is.</param>
/// <param name="Doubles">All as doubles.</param>
internal sealed record NumberList(IReadOnlyList<long> Integers, IReadOnlyList<double> ExactDoubles, IReadOnlyList<double> Doubles)
{
    private const double TwoTo63 = 9_223_372_036_854_775_808.0;

    public bool IsEmpty => Doubles.Count == 0;

    public static NumberList Of(FieldName field, IEnumerable<QueryValue> values)
    {
        var integers = new List<long>();
        var exact = new List<double>();
        var doubles = new List<double>();
        foreach (QueryValue value in values)
        {
            if (ValueText.TryInteger(value.Text, out long integer))
            {
                integers.Add(integer);
                Add(doubles, integer);
                if (integer is > -(1L << 53) and < 1L << 53 || ((double)integer < TwoTo63 && (long)(double)integer == integer))
                {
                    Add(exact, integer);
                }
            }
            else if (FieldUnit.Number(field, value) is { } number)
            {
                Add(doubles, number);
                Add(exact, number);
                if (number is >= -TwoTo63 and < TwoTo63 && Math.Floor(number) == number)
                {
                    integers.Add((long)number);
                }
            }
        }

        return new NumberList([.. integers.Distinct()], exact, doubles);
    }

    /// <summary>The conditions that a column of numbers of whatever type has one of them.</summary>
    public IEnumerable<string> Conditions(ParameterBag parameters, string sql)
    {
        // Integers of more digits than a double has are looked for as what they are.
        long[] large = [.. Integers.Where(integer => integer is <= -(1L << 53) or >= 1L << 53)];
        double[] doubles = [.. ExactDoubles.Where(number => Math.Abs(number) is < 1L << 53 or >= TwoTo63)];
        if (doubles.Length > 0)
        {
            yield return $"toFloat64({sql}) IN {parameters.Add(doubles)}";
        }

        if (large.Length > 0)
        {
            yield return $"{sql} IN {parameters.Add(large)}";
        }
    }

    /// <summary>What is not a number equals nothing, and the engine looks for the two zeros apart.</summary>
    private static void Add(List<double> list, double number)
    {
        if (double.IsNaN(number))
        {
            return;
        }

        list.Add(number);
        if (number == 0)
        {
            list.Add(-number);
        }
    }
}
