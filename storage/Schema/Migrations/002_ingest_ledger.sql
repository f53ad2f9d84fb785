-- The ledger: what became of every record that arrived, by the minute in which its request was received. storage/Batches/LedgerOutcome.cs says
-- what the outcomes mean and which of them add up. Rows of one key are summed, also those that merges have not joined yet: read with sum().

CREATE TABLE IF NOT EXISTS ${database}.ingest_ledger ${on_cluster}
(
  Minute DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  Signal Enum8('logs' = 1, 'spans' = 2, 'metrics' = 3) CODEC(ZSTD(1)),
  Sender LowCardinality(String) CODEC(ZSTD(1)),
  ServiceName LowCardinality(String) CODEC(ZSTD(1)),
  Outcome Enum8('received' = 1, 'stored' = 2, 'rejected' = 3, 'truncated' = 4, 'resent' = 5, 'quarantined' = 6, 'refused' = 7) CODEC(ZSTD(1)),
  Reason LowCardinality(String) CODEC(ZSTD(1)),
  Requests UInt64 CODEC(ZSTD(1)),
  Records UInt64 CODEC(ZSTD(1)),
  Bytes UInt64 CODEC(ZSTD(1))
)
ENGINE = ${replicated}SummingMergeTree((Requests, Records, Bytes))
PARTITION BY toYYYYMM(Minute)
ORDER BY (Signal, Minute, Sender, ServiceName, Outcome, Reason)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
