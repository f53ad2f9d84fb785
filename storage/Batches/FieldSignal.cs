namespace Observe.Storage.Batches;

/// <summary>The signal whose records have a field, or that the ledger counts.</summary>
public enum FieldSignal : sbyte
{
    Logs = 1,
    Spans = 2,
    Metrics = 3,
}
