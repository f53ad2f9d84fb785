namespace Observe.Query.PromQL.Evaluation;

/// <summary>What was read for a piece of a range.</summary>
/// <param name="Series">The ids of the series, ascending.</param>
/// <param name="Range">All their samples in it.</param>
/// <param name="Samples">Those of each series.</param>
public sealed record ReadSamples(ulong[] Series, SampleRange Range, Samples<double>[] Samples)
{
    /// <summary>The part of them with which a later range begins.</summary>
    /// <param name="series">The ids of the series that are wanted, ascending.</param>
    /// <param name="range">What is wanted of them.</param>
    /// <returns>The same for those series, from where that range begins to where this one ends; null when it has to be read again.</returns>
    public ReadSamples? Beginning(ulong[] series, SampleRange range)
    {
        if (range.From < Range.From || range.From >= Range.To)
        {
            return null;
        }

        var beginning = new Samples<double>[series.Length];
        for (int place = 0, read = 0; place < series.Length; place++, read++)
        {
            while (read < Series.Length && Series[read] < series[place])
            {
                read++;
            }

            if (read == Series.Length || Series[read] != series[place])
            {
                // It has come up since, and may have samples where this was not looked for.
                return null;
            }

            beginning[place] = Samples[read].After(range.From);
        }

        return new ReadSamples(series, Range with { From = range.From }, beginning);
    }
}
