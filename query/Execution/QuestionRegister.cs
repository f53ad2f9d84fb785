using System.Collections.Concurrent;

namespace Observe.Query.Execution;

/// <summary>The questions that run or stand in line now. What is over goes on to the figures and, if it was slow, to the log.</summary>
internal sealed class QuestionRegister(QueryMeter meter, SlowQueries slowQueries)
{
    private readonly ConcurrentDictionary<long, Question> _questions = new();

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<Question> Questions => [.. _questions.Values.OrderBy(question => question.Id)];

    public Question? Find(long id) => _questions.GetValueOrDefault(id);

    internal void Add(Question question)
    {
        _questions[question.Id] = question;
        meter.Running(1);
    }

    internal void Remove(Question question)
    {
        _questions.TryRemove(question.Id, out _);
        meter.Running(-1);
        meter.Finished(question);
        slowQueries.Look(question);
    }
}
