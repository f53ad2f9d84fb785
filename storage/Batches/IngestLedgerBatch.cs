using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>The ledger: how many records of a sender and service met which outcome in a minute. Rows of one key add up.</summary>
public sealed class IngestLedgerBatch : ColumnBatch
{
    public IngestLedgerBatch()
    {
        Minute = Add("Minute", new FixedColumn<uint>("DateTime('UTC')"));
        Signal = Add("Signal", new FixedColumn<sbyte>("Int8"));
        Sender = Add("Sender", new StringColumn());
        ServiceName = Add("ServiceName", new StringColumn());
        Outcome = Add("Outcome", new FixedColumn<sbyte>("Int8"));
        Reason = Add("Reason", new StringColumn());
        Requests = Add("Requests", new FixedColumn<ulong>("UInt64"));
        Records = Add("Records", new FixedColumn<ulong>("UInt64"));
        Bytes = Add("Bytes", new FixedColumn<ulong>("UInt64"));
    }

    public override string Table => "ingest_ledger";

    /// <summary>Unix seconds of the minute in which the request was received, whenever its records met the outcome.</summary>
    public FixedColumn<uint> Minute { get; }

    /// <summary>A <see cref="FieldSignal"/>.</summary>
    public FixedColumn<sbyte> Signal { get; }

    /// <summary>The sender's key.</summary>
    public StringColumn Sender { get; }

    /// <summary>Empty where no service is known: a request that was refused, or bytes that no decoder could read.</summary>
    public StringColumn ServiceName { get; }

    /// <summary>A <see cref="LedgerOutcome"/>.</summary>
    public FixedColumn<sbyte> Outcome { get; }

    /// <summary>Why, for outcomes that have reasons; otherwise empty.</summary>
    public StringColumn Reason { get; }

    public FixedColumn<ulong> Requests { get; }

    public FixedColumn<ulong> Records { get; }

    /// <summary>Protobuf bytes of the requests.</summary>
    public FixedColumn<ulong> Bytes { get; }
}
