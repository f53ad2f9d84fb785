namespace Observe.Query.PromQL.Evaluation;

/// <summary>What an expression evaluates to on a grid.</summary>
public abstract record Value;

/// <summary>A number for each time.</summary>
public sealed record ScalarValue(double[] Values) : Value
{
    public static ScalarValue Constant(double value, int count)
    {
        double[] values = new double[count];
        Array.Fill(values, value);
        return new ScalarValue(values);
    }
}

/// <summary>An instant vector for each time: the series that have a value at any of them. No two have the same labels.</summary>
public sealed record VectorValue(IReadOnlyList<Series> Series) : Value;

/// <summary>A text, which never depends on time.</summary>
public sealed record StringValue(string Text) : Value;
