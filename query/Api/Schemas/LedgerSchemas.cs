using Observe.Query.Api.Declarations;
using Observe.Query.Ledger;
using Observe.Storage.Batches;

namespace Observe.Query.Api.Schemas;

/// <summary>The answer of <c>/ingest/ledger</c>.</summary>
internal static class LedgerSchemas
{
    private static readonly Schema Reason = Schema.Object
        .With("outcome", Schema.OneOf([.. Enum.GetValues<LedgerOutcome>().Select(LedgerEndpoint.NameOf)]))
        .With("reason", Schema.Text)
        .With("records", Schema.Count)
        .With("requests", Schema.Count)
        .Named("LedgerReason");

    private static readonly Schema Counts = Schema.Object
        .With("received", Schema.Count, "Records of requests that were acknowledged.")
        .With("stored", Schema.Count)
        .With("rejected", Schema.Count, "Passed over, as the sender was told.")
        .With("quarantined", Schema.Count, "Set aside in a file.")
        .With("waiting", Schema.Count.OrNull(), "In the journal; null where this process does not know it.")
        .With("addsUp", Schema.Flag, "Whether these four make up received.")
        .WithOptional("difference", Schema.Integer, "What is missing, where they do not.")
        .With("truncated", Schema.Count, "Stored records of which something was cut.")
        .With("resent", Schema.Count, "Recognised as sent before; not in received.")
        .With("requests", Schema.Count)
        .With("refusedRequests", Schema.Count, "Those that the sender was told to repeat or to mend.")
        .With("bytes", Schema.Count)
        .WithOptional("reasons", Schema.List(Reason), "With reasons=true.");

    public static readonly Schema Ledger = Schema.Object
        .With("rows", Schema.List(Counts
            .WithOptional(LedgerEndpoint.NameOf(LedgerKey.Minute), Schema.Time.OrNull(), "Keys are there where groupBy names them; null where they are not known.")
            .WithOptional(LedgerEndpoint.NameOf(LedgerKey.Signal), Schema.Text.OrNull())
            .WithOptional(LedgerEndpoint.NameOf(LedgerKey.Sender), Schema.Text.OrNull())
            .WithOptional(LedgerEndpoint.NameOf(LedgerKey.Service), Schema.Text.OrNull())
            .Named("LedgerRow")))
        .With("total", Counts.Named("LedgerTotal"))
        .Named("Ledger");
}
