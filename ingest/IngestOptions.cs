using Observe.Ingest.Cardinality;
using Observe.Ingest.Journal;
using Observe.Ingest.Otlp.Correlation;
using Observe.Ingest.Receivers;
using Observe.Ingest.Senders;

namespace Observe.Ingest;

/// <summary>Configuration section <c>Observe:Ingest</c>, and the two OTLP addresses of <c>Observe:Endpoints</c>.</summary>
public sealed class IngestOptions
{
    public const string Section = "Observe:Ingest";
    public const string OtlpGrpcKey = "Observe:Endpoints:OtlpGrpc";
    public const string OtlpHttpKey = "Observe:Endpoints:OtlpHttp";

    /// <summary>Where OTLP/gRPC is received. Loopback: whoever opens it to a network decides so.</summary>
    public string OtlpGrpc { get; set; } = "http://127.0.0.1:4317";

    /// <summary>Where OTLP/HTTP is received.</summary>
    public string OtlpHttp { get; set; } = "http://127.0.0.1:4318";

    public JournalOptions Journal { get; set; } = new();

    /// <summary>Bytes that one request may have, as sent and after decompression. 64 MiB is what the OTLP specification recommends.</summary>
    public int MaxRequestBytes { get; set; } = 64 << 20;

    /// <summary>
    /// Bytes of all requests together that are being received or wait for the journal. Beyond it, senders are asked to wait:
    /// they have the data still, and a sender that waits is better than a server that runs out of memory. One sender gets at most half
    /// (<see cref="Memory.BudgetShare"/>), and the half must hold a request of the largest size in its worst form: JSON, beside its
    /// protobuf form while that is moved to a larger place, which is two and a half times <see cref="MaxRequestBytes"/>.
    /// </summary>
    public long MaxBytesInFlight { get; set; } = 384L << 20;

    /// <summary>
    /// Large requests that are decompressed or turned from JSON into protobuf at a time; 0 is one for each core. It is work of the
    /// processor alone, so more at a time end no earlier and keep small requests waiting.
    /// </summary>
    public int MaxTransformations { get; set; }

    /// <summary>How many series metrics may have.</summary>
    public CardinalityOptions Cardinality { get; set; } = new();

    /// <summary>Which attributes are kept as correlation ids.</summary>
    public CorrelationIdOptions CorrelationIds { get; set; } = new();

    /// <summary>What one sender may take.</summary>
    public SenderOptions Senders { get; set; } = new();

    /// <summary>What connections may take, and how slow they may be.</summary>
    public ConnectionOptions Connections { get; set; } = new();

    /// <summary>
    /// Attributes that are kept of one record, the leaves of maps counted; the further ones are dropped, counted in the record's
    /// dropped_attributes_count and named in the answer. SDKs stop at 128 by default. Each key is a column of the batch, so without
    /// an end one record with made-up keys would make everybody's inserts and searches slow.
    /// </summary>
    public int MaxAttributesPerRecord { get; set; } = 1024;

    /// <summary>
    /// Bytes that are kept of one text (or of bytes) in a record's attributes; a longer one is cut between two characters and the answer says so. SDKs
    /// have no limit by default; the longest values that people look at, stack traces and SQL, take a few kilobytes, and whoever reads
    /// a column reads all its values.
    /// </summary>
    public int MaxAttributeValueBytes { get; set; } = 64 << 10;

    /// <summary>
    /// Bytes that are kept of a log record's body; a longer one is cut between two characters and the answer says so. Journals and collectors cut
    /// lines at 48 KiB to 1 MiB, so what comes here whole stays whole; a page of a hundred records remains one that a browser can load.
    /// </summary>
    public int MaxBodyBytes { get; set; } = 1 << 20;

    /// <summary>
    /// Rows after which a batch is stored whatever its age. An insert costs 4 ms for each table whatever its size, and metric points go to four: of 400,000
    /// each pays a 25th of a microsecond for it. Logs and spans reach <see cref="MaxBatchBytes"/> before.
    /// </summary>
    public int MaxBatchRows { get; set; } = 400_000;

    /// <summary>Bytes of columns after which a batch is stored whatever its age: about 100,000 logs or spans, of which more no longer make a row cheaper.</summary>
    public long MaxBatchBytes { get; set; } = 32L << 20;

    /// <summary>
    /// How long the first request of a batch waits for others to share its insert. It bounds inserts to five a second and signal, and it is
    /// how old a record is, at the least, when it can be found. Senders do not wait for it.
    /// </summary>
    public TimeSpan MaxBatchDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How often the counts of requests that were refused or sent again go into the ledger. Their records are with the senders or
    /// stored already, so a process that is killed loses only so much of these counts.
    /// </summary>
    public TimeSpan LedgerInterval { get; set; } = TimeSpan.FromSeconds(5);
}
