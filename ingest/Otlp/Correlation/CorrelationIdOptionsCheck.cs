namespace Observe.Ingest.Otlp.Correlation;

/// <summary>What can be wrong with <see cref="CorrelationIdOptions"/>.</summary>
internal static class CorrelationIdOptionsCheck
{
    /// <summary>Each new key is compared with each pattern; more are a list that nobody looks after.</summary>
    private const int MaxPatterns = 200;
    private const int MaxPatternLength = 200;

    public static void Run(CorrelationIdOptions options, List<string> failures)
    {
        Check(nameof(options.Include), options.Include, failures);
        Check(nameof(options.Exclude), options.Exclude, failures);
        for (int i = 0; i < options.Include.Count; i++)
        {
            if (options.Include[i] is { Length: > 0 } pattern && pattern.All(c => c == '*'))
            {
                failures.Add($"{Name(nameof(options.Include), i)} is \"{pattern}\", which would make an id of every attribute. Name the keys that hold ids, such as \"invoice_no\" or \"*.reference\".");
            }
        }
    }

    private static void Check(string list, IList<string> patterns, List<string> failures)
    {
        if (patterns.Count > MaxPatterns)
        {
            failures.Add($"{IngestOptions.Section}:CorrelationIds:{list} has {patterns.Count} patterns; {MaxPatterns} are allowed. Join some by a *, which stands for any characters.");
        }

        for (int i = 0; i < patterns.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(patterns[i]))
            {
                failures.Add($"{Name(list, i)} is empty. Write the key of an attribute, such as \"invoice_no\", or remove it.");
            }
            else if (patterns[i].Length > MaxPatternLength)
            {
                failures.Add($"{Name(list, i)} has {patterns[i].Length} characters; {MaxPatternLength} are allowed. Shorten it by a *, which stands for any characters.");
            }
            else if (patterns[i].Any(c => char.IsWhiteSpace(c) || c is ',' or ';'))
            {
                failures.Add($"{Name(list, i)} is \"{patterns[i]}\", which holds a space, comma or semicolon. Each key is an entry of its own: " +
                    $"{IngestOptions.Section}:CorrelationIds:{list}:0=invoice_no, {IngestOptions.Section}:CorrelationIds:{list}:1=ticket_no.");
            }
        }
    }

    private static string Name(string list, int index) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{IngestOptions.Section}:CorrelationIds:{list}:{index}");
}
