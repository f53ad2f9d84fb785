-- Points that were refused because their metric had reached a limit of series, or an attribute of it one of values, by the minute of their own times: what a
-- question about the metric and that time does not see. Rows of one key are summed, also those that merges have not joined yet: read with sum().

CREATE TABLE IF NOT EXISTS ${database}.metric_refusals ${on_cluster}
(
  Minute DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  MetricName LowCardinality(String) CODEC(ZSTD(1)),
  AttributeKey LowCardinality(String) CODEC(ZSTD(1)),
  ServiceName LowCardinality(String) CODEC(ZSTD(1)),
  Points UInt64 CODEC(ZSTD(1))
)
ENGINE = ${replicated}SummingMergeTree(Points)
PARTITION BY toYYYYMM(Minute)
ORDER BY (MetricName, AttributeKey, Minute, ServiceName)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
  auto_statistics_types = '';
