using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Execution;

/// <summary>The result of a statement of a question.</summary>
internal sealed class GuardedResult(QueryResult result, StatementRun run) : QueryResult
{
    private QuestionOutcome _outcome;

    public override QueryStatistics Statistics => result.Statistics;

    public override async ValueTask<ResultBlock?> ReadBlockAsync(CancellationToken cancellationToken) =>
        await WorkAsync(token => result.ReadBlockAsync(token).AsTask(), cancellationToken);

    public override Task ScanAsync(INumberSink sink, CancellationToken cancellationToken) => WorkAsync(
        async token =>
        {
            await result.ScanAsync(sink, token);
            return true;
        },
        cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await result.DisposeAsync();
        }
        finally
        {
            run.End(_outcome, result.Statistics);
        }
    }

    private async Task<T> WorkAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await run.WorkAsync(work, cancellationToken);
        }
        catch (Exception e)
        {
            _outcome = QuestionOutcomes.Of(e);
            throw;
        }
    }
}
