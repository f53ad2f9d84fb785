using Observe.Storage.Engine;

namespace Observe.Query.Execution;

/// <summary>The bytes of a statement of a question. The engine works only while it is read, so its time is that of the reads.</summary>
internal sealed class GuardedFormattedResult(FormattedResult result, StatementRun run) : FormattedResult
{
    private QuestionOutcome _outcome;

    public override QueryStatistics Statistics => result.Statistics;

    public override async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await run.WorkAsync(token => result.ReadAsync(token).AsTask(), cancellationToken);
        }
        catch (Exception e)
        {
            _outcome = QuestionOutcomes.Of(e);
            throw;
        }
    }

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
}
