using System.Globalization;
using System.Text.RegularExpressions;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;

namespace Observe.Tests.Query.PromQL.Evaluation;

/// <summary>
/// Cases of the evaluation in text files. <c>== every 1m, at 5m</c> begins a set of series, a line for each (<see cref="SeriesText"/>), and says when its queries are asked.
/// A case is a query ⇒ its answer (<see cref="AnswerText"/>), or <c>error:</c> and what is said. Another time, or a range, stands before the query:
/// <c>[2m]</c>, <c>[0..5m/1m]</c>; <c>[5m ordered]</c> where the order of the answer counts. Lines that begin with # are notes.
/// </summary>
internal static partial class EvaluationCases
{
    private const string Separator = "⇒";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Query", "Cases", "PromQL", "Evaluation");

    /// <summary>File, line, query and answer of each case.</summary>
    public static TheoryData<string, int, string, string> Read()
    {
        var cases = new TheoryData<string, int, string, string>();
        foreach (string file in Directory.GetFiles(Folder, "*.txt").Order(StringComparer.Ordinal))
        {
            string[] lines = File.ReadAllLines(file);
            for (int i = 0; i < lines.Length; i++)
            {
                if (lines[i].IndexOf(Separator, StringComparison.Ordinal) is >= 0 and int at && !lines[i].StartsWith('#'))
                {
                    cases.Add(Path.GetFileName(file), i + 1, lines[i][..at].Trim(), lines[i][(at + Separator.Length)..].Trim());
                }
            }
        }

        return cases;
    }

    /// <summary>The series of the set in which a line stands, and when its queries are asked if they do not say it.</summary>
    public static (IReadOnlyList<SampledSeries> Series, string At) SetOf(string file, int line)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, file));
        int start = Array.FindLastIndex(lines, line - 1, text => text.StartsWith("==", StringComparison.Ordinal));
        Match heading = Heading().Match(start < 0 ? "" : lines[start]);
        if (!heading.Success)
        {
            throw new InvalidDataException($"{file}: there is no == every …, at … before line {line}.");
        }

        long step = Time(heading.Groups["step"].Value);
        IEnumerable<string> series = lines[(start + 1)..line]
            .Where(text => text.Length > 0 && !text.StartsWith('#') && !text.Contains(Separator, StringComparison.Ordinal));
        return ([.. series.Select(text => SeriesText.Parse(text, step))], heading.Groups["at"].Value);
    }

    /// <summary>The grid, whether order counts, and the query itself.</summary>
    public static (Grid Grid, bool IsRange, bool IsOrdered, string Query) When(string query, string at)
    {
        Match match = Prefix().Match(query);
        string times = match.Success ? match.Groups["times"].Value : at;
        string[] range = times.Split(["..", "/"], StringSplitOptions.None);
        Grid grid = range.Length == 3 ? Grid.Of(Time(range[0]), Time(range[1]), Time(range[2])) : Grid.At(Time(times));
        return (grid, range.Length == 3, match.Groups["ordered"].Success, match.Success ? query[match.Length..] : query);
    }

    private static long Time(string text) => (long)((DurationText.TryParse(text, out double seconds) ? seconds : double.Parse(text, CultureInfo.InvariantCulture)) * 1e9);

    [GeneratedRegex(@"^== every (?<step>\w+), at (?<at>\w+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\[(?<times>[\w./-]+)(?<ordered> ordered)?\]\s*")]
    private static partial Regex Prefix();
}
