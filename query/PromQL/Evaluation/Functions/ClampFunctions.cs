namespace Observe.Query.PromQL.Evaluation.Functions;

/// <summary>Functions of each number with other numbers that may change with time.</summary>
internal static class ClampFunctions
{
    /// <summary>No result where the bounds are the wrong way round.</summary>
    public static double Clamp(double value, double min, double max) => min > max ? StaleMarker.Value : Max(min, Min(value, max));

    public static double Min(double value, double max) => double.IsNaN(value) || double.IsNaN(max) ? double.NaN : Math.Min(value, max);

    public static double Max(double value, double min) => double.IsNaN(value) || double.IsNaN(min) ? double.NaN : Math.Max(value, min);

    /// <summary>Halves are rounded up.</summary>
    public static double Round(double value, double toNearest)
    {
        // Dividing by the inverse is more exact than multiplying: 0.1 has none that is.
        double inverse = 1 / toNearest;
        return Math.Floor((value * inverse) + 0.5) / inverse;
    }
}
