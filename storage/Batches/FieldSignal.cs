namespace Observe.Storage.Batches;

/// <summary>The signal whose records have a field.</summary>
public enum FieldSignal : sbyte
{
    Logs = 1,
    Spans = 2,
    Metrics = 3,
}
