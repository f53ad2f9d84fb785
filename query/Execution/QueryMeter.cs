using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Observe.Query.Execution;

/// <summary>What questions cost. Meter <c>Observe.Query</c>; <c>kind</c> is what was asked for, as in <see cref="Question.Kind"/>.</summary>
internal sealed class QueryMeter
{
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _wait;
    private readonly UpDownCounter<int> _running;
    private readonly UpDownCounter<int> _waiting;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _cancelled;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _answers;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _bytes;
    private readonly Meter _meter;

    public QueryMeter(IMeterFactory factory)
    {
        _meter = factory.Create("Observe.Query");
        _duration = _meter.CreateHistogram(
            "observe.query.duration", "s", "Time that the engine was busy with a question, by kind and outcome.", advice: Seconds);
        _wait = _meter.CreateHistogram("observe.query.wait", "s", "Time that questions stood in line which did not run at once.", advice: Seconds);
        _running = _meter.CreateUpDownCounter<int>("observe.query.running", "{query}", "Questions that have a place.");
        _waiting = _meter.CreateUpDownCounter<int>("observe.query.waiting", "{query}", "Questions that stand in line.");
        _refused = _meter.CreateCounter<long>("observe.query.refused", "{query}", "Questions that were not run because of others, by reason.");
        _cancelled = _meter.CreateCounter<long>("observe.query.cancelled", "{query}", "Questions whose asker went away or that were ended on request.");
        _repeated = _meter.CreateCounter<long>("observe.query.repeated", "{statement}", "Statements that were run again with more memory.");
        _answers = _meter.CreateCounter<long>(
            "observe.query.cache.answers", "{answer}", "Answers that may be given again, by result: kept (hit), shared with another asker, or read (miss).");
        _rows = _meter.CreateCounter<long>("observe.query.read.rows", "{row}", "Rows that questions read from storage.");
        _bytes = _meter.CreateCounter<long>("observe.query.read.size", "By", "Bytes that questions read from storage, uncompressed.");
    }

    private static InstrumentAdvice<double> Seconds => new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };

    /// <summary>Shows how much the cache holds.</summary>
    public void Watch(Func<long> cacheBytes) =>
        _meter.CreateObservableGauge("observe.query.cache.size", cacheBytes, "By", "Bytes of answers that are kept.");

    public void Running(int change) => _running.Add(change);

    public void Waiting(int change) => _waiting.Add(change);

    public void Waited(TimeSpan time) => _wait.Record(time.TotalSeconds);

    public void Refused(RefusalReason reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", NameOf(reason)));

    public void Repeated() => _repeated.Add(1);

    public void Answered(string result) => _answers.Add(1, new KeyValuePair<string, object?>("result", result));

    public void Finished(Question question)
    {
        _duration.Record(question.Busy.TotalSeconds, new TagList { { "kind", question.Kind }, { "outcome", QuestionOutcomes.NameOf(question.Outcome) } });
        _rows.Add((long)question.RowsRead);
        _bytes.Add((long)question.BytesRead);
        if (question.Outcome == QuestionOutcome.Cancelled)
        {
            _cancelled.Add(1);
        }
    }

    private static string NameOf(RefusalReason reason) => reason switch
    {
        RefusalReason.LineFull => "line_full",
        RefusalReason.TooManyOfOne => "too_many_of_one",
        _ => "waited_too_long",
    };
}
