using Observe.Storage.Engine;

namespace Observe.Query.Search;

/// <summary>What a search found.</summary>
/// <param name="Records">The latest first; all <see cref="LogRecord"/> or all <see cref="SpanRecord"/>, as <paramref name="Signal"/> says.</param>
/// <param name="Notices">What the user should know: a limit that was hit, an unknown field with the nearest known names.</param>
public sealed record SearchResult(
    SearchSignal Signal, IReadOnlyList<SearchRecord> Records, QueryStatistics Statistics, IReadOnlyList<string> Notices);
