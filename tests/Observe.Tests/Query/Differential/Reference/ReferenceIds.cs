using System.Text.RegularExpressions;
using Observe.Tests.Query.Differential.Data;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary>The ids that a record carries: its trace and span, what stands under keys that end in id, and what looks like an id by itself.</summary>
internal static partial class ReferenceIds
{
    public static IEnumerable<string> Of(TestRecord record)
    {
        IEnumerable<string> own = new[] { record.TraceId, record.SpanId }.Where(id => id.Length > 0);
        return own.Concat(Within(record.Attributes)).Concat(record.Body is TestMap body ? Within(body) : []);
    }

    /// <summary>Equal in any case, ids of 32 digits with and without dashes.</summary>
    public static bool AreSame(string carried, string wanted) =>
        carried.Equals(wanted, StringComparison.OrdinalIgnoreCase)
        || (IdField.Digits(carried) is { Length: 32 } digits && IsHex().IsMatch(digits) && digits == IdField.Digits(wanted));

    private static IEnumerable<string> Within(TestMap map)
    {
        foreach ((string key, object? value) in map.Entries)
        {
            string? text = ReferenceText.Of(value is string or long ? value : null);
            if (text is { Length: > 0 } && (IsIdKey().IsMatch(key) || (value is string && LooksLikeId().IsMatch(text))))
            {
                yield return text;
            }

            foreach (string id in value is TestMap inner ? Within(inner) : [])
            {
                yield return id;
            }
        }
    }

    [GeneratedRegex(@"\A[0-9a-f]+\z")]
    private static partial Regex IsHex();

    [GeneratedRegex(@"(?:\A|[._ ])id\z")]
    private static partial Regex IsIdKey();

    [GeneratedRegex(@"\A(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|(?=.*[a-fA-F])(?=.*[0-9])(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{16}))\z")]
    private static partial Regex LooksLikeId();
}
