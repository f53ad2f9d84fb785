using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Tests.Ingest.Journal;

namespace Observe.Tests.Ingest.Pipeline;

/// <summary>The end of a process at a chosen step: from then on neither the disk nor the engine sees anything of it.</summary>
internal sealed class Death
{
    private readonly TaskCompletionSource _happened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _stepsLeft;

    /// <param name="pipeline">Whose process dies.</param>
    /// <param name="step">The step, from 1: calls of the disk for the checkpoint, the quarantine and deletions, the begin and end of inserts, and the begin of each day in them.</param>
    public Death(PipelineFixture pipeline, int step)
    {
        _stepsLeft = step;
        pipeline.Files.Before = (call, path) =>
        {
            bool isStep = path.EndsWith("checkpoint", StringComparison.Ordinal) || path.EndsWith(".otlp", StringComparison.Ordinal) || call == FileCall.Delete;
            if (IsDead(isStep))
            {
                throw new IOException("The process is dead.");
            }
        };
        Func<ColumnBatch, Task> insert = pipeline.Engine.OnInsert;
        pipeline.Engine.OnInsert = batch => IsDead(isStep: true) ? throw new StorageException(StorageError.Unavailable, "The process is dead.") : insert(batch);
        Action<ColumnBatch> day = pipeline.Engine.OnDay;
        pipeline.Engine.OnDay = rows =>
        {
            if (IsDead(isStep: rows.PartitionTime is not null))
            {
                throw new StorageException(StorageError.Unavailable, "The process is dead.");
            }

            day(rows);
        };
        pipeline.Engine.OnInserted = _ => IsDead(isStep: true) ? throw new StorageException(StorageError.Unavailable, "The process is dead.") : Task.CompletedTask;
    }

    public bool HasHappened => _happened.Task.IsCompleted;

    private bool IsDead(bool isStep)
    {
        if (isStep && Interlocked.Decrement(ref _stepsLeft) <= 0)
        {
            _happened.TrySetResult();
        }

        return HasHappened;
    }
}
