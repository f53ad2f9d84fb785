-- Points of metrics in the order in which they are asked for: all series of a metric at a time, or over a range of it (storage/README.md, "The order of metric
-- points"). An order cannot be altered, so these are new tables; what the old ones hold is copied, and migration 014 drops them.
-- Times have milliseconds: no question asks for less, and the rest was 2 to 3 random bytes a point. Exemplars keep nanoseconds, they lead to spans.
-- The bounds of histograms are stored once a day, by the hash that storage/Batches/HistogramBoundsBatch.cs defines.

-- Value holds integers too; an integer that a Float64 cannot hold exactly is toInt128(Value) + IntRemainder.
CREATE TABLE IF NOT EXISTS ${database}.number_points ${on_cluster}
(
  MetricName LowCardinality(String) CODEC(ZSTD(1)),
  SeriesId UInt64 CODEC(ZSTD(1)),
  Timestamp DateTime64(3, 'UTC') CODEC(Delta(8), T64, LZ4),
  StartTimestamp DateTime64(3, 'UTC') CODEC(Delta(8), T64, ZSTD(1)),
  Flags UInt32 CODEC(ZSTD(1)),
  Value Float64 CODEC(Gorilla),
  ValueType Enum8('none' = 0, 'double' = 1, 'int' = 2) CODEC(ZSTD(1)),
  IntRemainder Int16 CODEC(ZSTD(1))
)
ENGINE = ${replicated}MergeTree
PARTITION BY toDate(Timestamp)
ORDER BY (toStartOfFifteenMinutes(Timestamp), MetricName, SeriesId, Timestamp)
SETTINGS non_replicated_deduplication_window = 10000, merge_selector_base = 20, fsync_after_insert = 1, fsync_part_directory = 1,
  min_rows_to_fsync_after_merge = 1, min_level_for_wide_part = 1, auto_statistics_types = '';

CREATE TABLE IF NOT EXISTS ${database}.histogram_points ${on_cluster}
(
  MetricName LowCardinality(String) CODEC(ZSTD(1)),
  SeriesId UInt64 CODEC(ZSTD(1)),
  Timestamp DateTime64(3, 'UTC') CODEC(Delta(8), T64, LZ4),
  StartTimestamp DateTime64(3, 'UTC') CODEC(Delta(8), T64, ZSTD(1)),
  Flags UInt32 CODEC(ZSTD(1)),
  Count UInt64 CODEC(T64, ZSTD(1)),
  Sum Nullable(Float64) CODEC(ZSTD(1)),
  Min Nullable(Float64) CODEC(ZSTD(1)),
  Max Nullable(Float64) CODEC(ZSTD(1)),
  BoundsId UInt64 CODEC(ZSTD(1)),
  BucketCounts Array(UInt64) CODEC(T64, LZ4)
)
ENGINE = ${replicated}MergeTree
PARTITION BY toDate(Timestamp)
ORDER BY (toStartOfFifteenMinutes(Timestamp), MetricName, SeriesId, Timestamp)
SETTINGS non_replicated_deduplication_window = 10000, merge_selector_base = 20, fsync_after_insert = 1, fsync_part_directory = 1,
  min_rows_to_fsync_after_merge = 1, min_level_for_wide_part = 1, auto_statistics_types = '';

CREATE TABLE IF NOT EXISTS ${database}.exponential_histogram_points ${on_cluster}
(
  MetricName LowCardinality(String) CODEC(ZSTD(1)),
  SeriesId UInt64 CODEC(ZSTD(1)),
  Timestamp DateTime64(3, 'UTC') CODEC(Delta(8), T64, LZ4),
  StartTimestamp DateTime64(3, 'UTC') CODEC(Delta(8), T64, ZSTD(1)),
  Flags UInt32 CODEC(ZSTD(1)),
  Count UInt64 CODEC(T64, ZSTD(1)),
  Sum Nullable(Float64) CODEC(ZSTD(1)),
  Min Nullable(Float64) CODEC(ZSTD(1)),
  Max Nullable(Float64) CODEC(ZSTD(1)),
  Scale Int32 CODEC(ZSTD(1)),
  ZeroCount UInt64 CODEC(T64, ZSTD(1)),
  ZeroThreshold Float64 CODEC(ZSTD(1)),
  PositiveOffset Int32 CODEC(ZSTD(1)),
  PositiveBucketCounts Array(UInt64) CODEC(T64, LZ4),
  NegativeOffset Int32 CODEC(ZSTD(1)),
  NegativeBucketCounts Array(UInt64) CODEC(T64, LZ4)
)
ENGINE = ${replicated}MergeTree
PARTITION BY toDate(Timestamp)
ORDER BY (toStartOfFifteenMinutes(Timestamp), MetricName, SeriesId, Timestamp)
SETTINGS non_replicated_deduplication_window = 10000, merge_selector_base = 20, fsync_after_insert = 1, fsync_part_directory = 1,
  min_rows_to_fsync_after_merge = 1, min_level_for_wide_part = 1, auto_statistics_types = '';

CREATE TABLE IF NOT EXISTS ${database}.summary_points ${on_cluster}
(
  MetricName LowCardinality(String) CODEC(ZSTD(1)),
  SeriesId UInt64 CODEC(ZSTD(1)),
  Timestamp DateTime64(3, 'UTC') CODEC(Delta(8), T64, LZ4),
  StartTimestamp DateTime64(3, 'UTC') CODEC(Delta(8), T64, ZSTD(1)),
  Flags UInt32 CODEC(ZSTD(1)),
  Count UInt64 CODEC(T64, ZSTD(1)),
  Sum Float64 CODEC(ZSTD(1)),
  Quantiles Array(Float64) CODEC(ZSTD(1)),
  Values Array(Float64) CODEC(ZSTD(1))
)
ENGINE = ${replicated}MergeTree
PARTITION BY toDate(Timestamp)
ORDER BY (toStartOfFifteenMinutes(Timestamp), MetricName, SeriesId, Timestamp)
SETTINGS non_replicated_deduplication_window = 10000, merge_selector_base = 20, fsync_after_insert = 1, fsync_part_directory = 1,
  min_rows_to_fsync_after_merge = 1, min_level_for_wide_part = 1, auto_statistics_types = '';

CREATE TABLE IF NOT EXISTS ${database}.exemplars ${on_cluster}
(
  MetricName LowCardinality(String) CODEC(ZSTD(1)),
  SeriesId UInt64 CODEC(ZSTD(1)),
  Timestamp DateTime64(9, 'UTC') CODEC(Delta(8), T64, ZSTD(1)),
  Value Float64 CODEC(ZSTD(1)),
  ValueType Enum8('none' = 0, 'double' = 1, 'int' = 2) CODEC(ZSTD(1)),
  IntRemainder Int16 CODEC(ZSTD(1)),
  TraceId FixedString(16) CODEC(ZSTD(1)),
  SpanId FixedString(8) CODEC(ZSTD(1)),
  Attributes JSON CODEC(ZSTD(1))
)
ENGINE = ${replicated}MergeTree
PARTITION BY toDate(Timestamp)
ORDER BY (toStartOfFifteenMinutes(Timestamp), MetricName, SeriesId, Timestamp)
SETTINGS non_replicated_deduplication_window = 10000, merge_selector_base = 20, fsync_after_insert = 1, fsync_part_directory = 1,
  min_rows_to_fsync_after_merge = 1, min_level_for_wide_part = 1, auto_statistics_types = '';

-- One row for bounds and a day on which they were seen.
CREATE TABLE IF NOT EXISTS ${database}.histogram_bounds ${on_cluster}
(
  Day Date,
  BoundsId UInt64,
  Bounds Array(Float64)
)
ENGINE = ${replicated}ReplacingMergeTree
PARTITION BY toYYYYMM(Day)
ORDER BY (BoundsId, Day)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;

-- A migration that was broken off may have copied a part. Nothing else writes while migrations run.
TRUNCATE TABLE IF EXISTS ${database}.number_points ${on_cluster} SETTINGS max_table_size_to_drop = 0;
TRUNCATE TABLE IF EXISTS ${database}.histogram_points ${on_cluster} SETTINGS max_table_size_to_drop = 0;
TRUNCATE TABLE IF EXISTS ${database}.exponential_histogram_points ${on_cluster} SETTINGS max_table_size_to_drop = 0;
TRUNCATE TABLE IF EXISTS ${database}.summary_points ${on_cluster} SETTINGS max_table_size_to_drop = 0;
TRUNCATE TABLE IF EXISTS ${database}.exemplars ${on_cluster} SETTINGS max_table_size_to_drop = 0;
TRUNCATE TABLE IF EXISTS ${database}.histogram_bounds ${on_cluster} SETTINGS max_table_size_to_drop = 0;

INSERT INTO ${database}.number_points (MetricName, SeriesId, Timestamp, StartTimestamp, Flags, Value, ValueType, IntRemainder)
SETTINGS deduplicate_insert = 'disable', deduplicate_insert_select = 'disable'
SELECT MetricName, SeriesId, Timestamp, StartTimestamp, Flags, Value, ValueType, IntRemainder
FROM ${database}.metric_points LEFT ANY JOIN (SELECT SeriesId, any(MetricName) AS MetricName FROM ${database}.metric_series GROUP BY SeriesId) AS series USING (SeriesId);

INSERT INTO ${database}.histogram_points (MetricName, SeriesId, Timestamp, StartTimestamp, Flags, Count, Sum, Min, Max, BoundsId, BucketCounts)
SETTINGS deduplicate_insert = 'disable', deduplicate_insert_select = 'disable'
SELECT MetricName, SeriesId, Timestamp, StartTimestamp, Flags, Count, Sum, Min, Max, reinterpretAsUInt64(substring(SHA256(unhex(arrayStringConcat(arrayMap(b -> hex(b), ExplicitBounds)))), 1, 8)), BucketCounts
FROM ${database}.metric_histograms LEFT ANY JOIN (SELECT SeriesId, any(MetricName) AS MetricName FROM ${database}.metric_series GROUP BY SeriesId) AS series USING (SeriesId);

INSERT INTO ${database}.exponential_histogram_points (MetricName, SeriesId, Timestamp, StartTimestamp, Flags, Count, Sum, Min, Max, Scale, ZeroCount, ZeroThreshold, PositiveOffset, PositiveBucketCounts, NegativeOffset, NegativeBucketCounts)
SETTINGS deduplicate_insert = 'disable', deduplicate_insert_select = 'disable'
SELECT MetricName, SeriesId, Timestamp, StartTimestamp, Flags, Count, Sum, Min, Max, Scale, ZeroCount, ZeroThreshold, PositiveOffset, PositiveBucketCounts, NegativeOffset, NegativeBucketCounts
FROM ${database}.metric_exponential_histograms LEFT ANY JOIN (SELECT SeriesId, any(MetricName) AS MetricName FROM ${database}.metric_series GROUP BY SeriesId) AS series USING (SeriesId);

INSERT INTO ${database}.summary_points (MetricName, SeriesId, Timestamp, StartTimestamp, Flags, Count, Sum, Quantiles, Values)
SETTINGS deduplicate_insert = 'disable', deduplicate_insert_select = 'disable'
SELECT MetricName, SeriesId, Timestamp, StartTimestamp, Flags, Count, Sum, Quantiles, Values
FROM ${database}.metric_summaries LEFT ANY JOIN (SELECT SeriesId, any(MetricName) AS MetricName FROM ${database}.metric_series GROUP BY SeriesId) AS series USING (SeriesId);

INSERT INTO ${database}.exemplars (MetricName, SeriesId, Timestamp, Value, ValueType, IntRemainder, TraceId, SpanId, Attributes)
SETTINGS deduplicate_insert = 'disable', deduplicate_insert_select = 'disable'
SELECT MetricName, SeriesId, Timestamp, Value, ValueType, IntRemainder, TraceId, SpanId, Attributes
FROM ${database}.metric_exemplars LEFT ANY JOIN (SELECT SeriesId, any(MetricName) AS MetricName FROM ${database}.metric_series GROUP BY SeriesId) AS series USING (SeriesId);

INSERT INTO ${database}.histogram_bounds (Day, BoundsId, Bounds)
SELECT DISTINCT toDate(Timestamp), reinterpretAsUInt64(substring(SHA256(unhex(arrayStringConcat(arrayMap(b -> hex(b), ExplicitBounds)))), 1, 8)), ExplicitBounds
FROM ${database}.metric_histograms;
