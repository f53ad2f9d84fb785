using Observe.Query.Execution;

namespace Observe.Tests.Query.Execution;

public sealed class QuestionTests
{
    [Fact]
    public void Again_WhereSomebodyElseAsks_IsOfItsOwnAsker()
    {
        Question question;
        using (QueryCaller.Use("first"))
        {
            question = new Question("test", TimeProvider.System);
        }

        using IDisposable other = QueryCaller.Use("second");
        using Question again = question.Again();
        question.Dispose();

        Assert.Equal("first", again.Caller);
    }
}
