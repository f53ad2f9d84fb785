using Microsoft.Extensions.Logging;

namespace Observe.Storage.Engine.Embedded;

/// <summary>Ends statements that run on other connections.</summary>
internal sealed partial class StatementCanceller(EngineConnection control, TimeProvider time, ILogger logger)
{
    /// <summary>A statement that has just been sent may not be listed yet, so the order to end it is repeated at this distance.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Awaits a call on a connection; when the token is cancelled, ends what the connection runs. Returns only when the call has returned,
    /// so that the order to end it cannot hit the connection's next statement.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before the call returned.</exception>
    public async Task<T> AwaitAsync<T>(EngineConnection connection, Task<T> call, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled || call.IsCompleted)
        {
            return await call;
        }

        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetResult());
        if (await Task.WhenAny(call, cancelled.Task) == call)
        {
            return await call;
        }

        await EndAsync(connection, call);
        try
        {
            await call;
        }
        catch (StorageException e)
        {
            throw new OperationCanceledException("The statement was ended because its caller gave up.", e, cancellationToken);
        }

        throw new OperationCanceledException(cancellationToken);
    }

    private async Task EndAsync(EngineConnection connection, Task call)
    {
        var kill = new SqlStatement(
            "KILL QUERY WHERE Settings['log_comment'] = {tag:String} ASYNC", [SqlParameter.String("tag", connection.Tag)]);
        while (!call.IsCompleted)
        {
            try
            {
                await control.RunAsync(handle => NativeStatements.Execute(handle, kill));
            }
            catch (StorageException e)
            {
                Log.EndFailed(logger, connection.Tag, e);
            }

            await Task.WhenAny(call, Task.Delay(Retry, time));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Warning, "A statement on {Connection} could not be ended; it runs on until its time limit.")]
        public static partial void EndFailed(ILogger logger, string connection, Exception exception);
    }
}
