using System.Globalization;
using System.Text;
using System.Text.Json;
using Observe.Bench.Measure;

namespace Observe.Bench.Questions;

/// <summary>Asks every question once, then again: what disturbs the machine for a while falls on all of them.</summary>
internal sealed class QuestionRun(ObserveClient client, KnownValues known, ProcessMeter? meter, TimeProvider time)
{
    /// <summary>A question that has taken so long in all is not asked again: it would take the time of all others.</summary>
    private const double EnoughMs = 10_000;

    public async Task<IReadOnlyList<QuestionFigures>> RunAsync(
        IReadOnlyList<Question> questions, int repeat, bool explain, CancellationToken cancellation)
    {
        QuestionFigures[] all = [.. questions.Select(question => new QuestionFigures(question))];

        // The first answer is not counted: it compiles code and brings files into memory.
        for (int i = 0; i <= repeat; i++)
        {
            foreach (QuestionFigures figures in all.Where(figures => figures.Failure is null && figures.Wall.Sum() < EnoughMs))
            {
                await AskAsync(figures, i, counts: i > 0, cancellation);
            }
        }

        foreach (QuestionFigures figures in all.Where(figures => explain && figures.Failure is null && figures.Question.HasStatistics))
        {
            figures.Statements = await ExplainAsync(figures.Question, cancellation);
        }

        return all;
    }

    private async Task AskAsync(QuestionFigures figures, int number, bool counts, CancellationToken cancellation)
    {
        double cpu = meter?.Read().CpuSeconds ?? 0;
        long started = time.GetTimestamp();
        (int status, byte[] body) = await client.GetAsync(PathOf(figures.Question, number), cancellation);
        TimeSpan wall = time.GetElapsedTime(started);
        if (status != 200)
        {
            figures.Failure = $"{status}: {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 300)))}";
            return;
        }

        if (!counts)
        {
            return;
        }

        figures.CpuSeconds += (meter?.Read().CpuSeconds ?? 0) - cpu;
        double? engine = null;
        if (figures.Question.HasStatistics)
        {
            using JsonDocument answer = JsonDocument.Parse(body);
            JsonElement statistics = answer.RootElement.GetProperty("stats");
            engine = statistics.GetProperty("elapsedMs").GetDouble();
            figures.RowsRead = statistics.GetProperty("rowsRead").GetInt64();
        }

        figures.Add(wall, engine);
    }

    private async Task<IReadOnlyList<string>> ExplainAsync(Question question, CancellationToken cancellation)
    {
        (int status, byte[] body) = await client.GetAsync(PathOf(question, 0) + "&explain=true", cancellation);
        if (status != 200)
        {
            return [];
        }

        using JsonDocument answer = JsonDocument.Parse(body);
        return answer.RootElement.TryGetProperty("statements", out JsonElement statements)
            ? [.. statements.EnumerateArray().Select(statement => statement.GetProperty("sql").GetString()!)]
            : [];
    }

    /// <summary>Each repetition ends a millisecond later, so that none is answered from what is remembered of the one before.</summary>
    private string PathOf(Question question, int number)
    {
        if (!question.HasRange)
        {
            return question.Path;
        }

        DateTimeOffset to = known.To.AddMilliseconds(number);
        DateTimeOffset from = question.Hours is { } hours ? to.AddHours(-hours) : known.From;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{question.Path}{(question.Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}from={from.ToUnixTimeMilliseconds()}&to={to.ToUnixTimeMilliseconds()}");
    }
}
