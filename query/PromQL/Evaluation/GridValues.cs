namespace Observe.Query.PromQL.Evaluation;

/// <summary>Values of a series on a grid.</summary>
internal static class GridValues
{
    /// <summary>Of one that has none at any time.</summary>
    public static double[] None(int count)
    {
        double[] values = new double[count];
        Array.Fill(values, StaleMarker.Value);
        return values;
    }
}
