using System.Globalization;

namespace Observe.Bench.Questions;

/// <summary>Writes figures as a table in Markdown, as BENCHMARKS.md has them.</summary>
internal static class QuestionTable
{
    public static void Write(TextWriter output, IReadOnlyList<QuestionFigures> all, KnownValues known, int repeat)
    {
        output.WriteLine(Text($"{known.Rows.GetValueOrDefault("logs"):N0} logs, {known.Rows.GetValueOrDefault("spans"):N0} spans, {known.From:u} to {known.To:u}, {repeat} repetitions, trace {known.TraceId}, user {known.UserId}"));
        output.WriteLine();
        output.WriteLine("| question | target ms | ms, least / median | engine ms, least / median | server CPU ms | rows read | skipped |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (QuestionFigures figures in all)
        {
            Question question = figures.Question;
            string target = question.TargetMs is { } milliseconds ? Text($"{milliseconds:N0}") : "";
            output.WriteLine(figures.Failure is { } failure
                ? Text($"| `{Cell(question.Name)}` | {target} | {Cell(failure)} | | | | |")
                : Text($"| `{Cell(question.Name)}` | {target} | {Times(figures.Wall)} | {Times(figures.Engine)} | {Cpu(figures)} | {Rows(figures.RowsRead)} | {Skipped(figures, known)} |"));
        }
    }

    public static void WriteStatements(TextWriter output, IReadOnlyList<QuestionFigures> all)
    {
        foreach (QuestionFigures figures in all.Where(figures => figures.Statements.Count > 0))
        {
            output.WriteLine();
            output.WriteLine($"`{figures.Question.Name}`");
            output.WriteLine("```sql");
            output.WriteLine(string.Join("\n\n", figures.Statements.Distinct()));
            output.WriteLine("```");
        }
    }

    private static string Times(IReadOnlyList<double> sorted) =>
        sorted.Count == 0 ? "" : Text($"{sorted[0]:N1} / {sorted[sorted.Count / 2]:N1}");

    private static string Cpu(QuestionFigures figures) =>
        figures.CpuSeconds > 0 ? Text($"{figures.CpuSeconds * 1000 / figures.Wall.Count:N0}") : "";

    private static string Rows(long? rows) => rows is { } count ? Text($"{count:N0}") : "";

    /// <summary>The share of the tables' rows that was not read. A row that two statements read counts twice.</summary>
    private static string Skipped(QuestionFigures figures, KnownValues known)
    {
        long all = figures.Question.Tables.Sum(table => known.Rows.GetValueOrDefault(table));
        return figures.RowsRead is { } read && all > 0 ? Text($"{Math.Max(100 - (100.0 * read / all), 0):N1} %") : "";
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
