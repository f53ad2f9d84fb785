namespace Observe.Bench.Questions;

/// <summary>What a question cost, over all its repetitions.</summary>
internal sealed class QuestionFigures(Question question)
{
    private readonly List<double> _wall = [];
    private readonly List<double> _engine = [];

    public Question Question => question;

    /// <summary>In milliseconds, until the answer's last byte.</summary>
    public IReadOnlyList<double> Wall => [.. _wall.Order()];

    /// <summary>In milliseconds, as the answer tells it; none where it does not.</summary>
    public IReadOnlyList<double> Engine => [.. _engine.Order()];

    /// <summary>Of the server in all repetitions; it is read in hundredths of a second.</summary>
    public double CpuSeconds { get; set; }

    public long? RowsRead { get; set; }

    /// <summary>The first answer that was none, shortened; null when all were.</summary>
    public string? Failure { get; set; }

    /// <summary>The statements that were run, as the server explains them; empty where it does not.</summary>
    public IReadOnlyList<string> Statements { get; set; } = [];

    public void Add(TimeSpan wall, double? engineMs)
    {
        _wall.Add(wall.TotalMilliseconds);
        if (engineMs is { } milliseconds)
        {
            _engine.Add(milliseconds);
        }
    }
}
