using Observe.Query.Search;

namespace Observe.Query.Language;

/// <summary>The words that a query begins with.</summary>
public static class SignalWords
{
    public static readonly IReadOnlyList<SearchSignal> All = [SearchSignal.Logs, SearchSignal.Spans, SearchSignal.Metrics];

    public static string Of(SearchSignal signal) => signal switch
    {
        SearchSignal.Logs => "logs",
        SearchSignal.Spans => "spans",
        SearchSignal.Metrics => "metrics",
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "Not a signal."),
    };

    /// <summary>The signal that a word says, in any case; null if it says none.</summary>
    public static SearchSignal? Find(string word)
    {
        foreach (SearchSignal signal in All)
        {
            if (Of(signal).Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return signal;
            }
        }

        return null;
    }

    /// <summary>The signal that a token says; null if it says none.</summary>
    internal static SearchSignal? Find(Token token)
    {
        foreach (SearchSignal signal in All)
        {
            if (token.IsWord(Of(signal)))
            {
                return signal;
            }
        }

        return null;
    }

    /// <summary>What a query of the signal has before its filter: nothing for logs, which need no word.</summary>
    public static string Begin(SearchSignal signal, string filter) =>
        signal == SearchSignal.Logs ? filter : filter.Length == 0 ? Of(signal) : $"{Of(signal)} {filter}";
}
