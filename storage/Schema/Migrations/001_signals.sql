-- The tables of the three signals, as storage/README.md describes them.
-- ${database}: the database name. ${on_cluster}: empty, or "ON CLUSTER name". ${replicated}: empty, or "Replicated".

CREATE TABLE IF NOT EXISTS ${database}.logs ${on_cluster}
(
  Timestamp DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
  ObservedTimestamp DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
  TraceId FixedString(16) CODEC(ZSTD(1)),
  SpanId FixedString(8) CODEC(ZSTD(1)),
  Flags UInt32 CODEC(ZSTD(1)),
  SeverityNumber UInt8 CODEC(ZSTD(1)),
  SeverityText LowCardinality(String) CODEC(ZSTD(1)),
  EventName LowCardinality(String) CODEC(ZSTD(1)),
  ServiceName LowCardinality(String) CODEC(ZSTD(1)),
  ResourceId UInt64 CODEC(ZSTD(1)),
  ScopeId UInt64 CODEC(ZSTD(1)),
  ScopeName LowCardinality(String) CODEC(ZSTD(1)),
  BodyType Enum8('none' = 0, 'string' = 1, 'bool' = 2, 'int' = 3, 'double' = 4, 'array' = 5, 'map' = 6, 'bytes' = 7) CODEC(ZSTD(1)),
  Body String CODEC(ZSTD(1)),
  BodyFields JSON CODEC(ZSTD(1)),
  Attributes JSON CODEC(ZSTD(1)),
  DroppedAttributesCount UInt32 CODEC(ZSTD(1)),
  CorrelationIds Array(String) CODEC(ZSTD(1)),
  INDEX trace_id TraceId TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX correlation_ids CorrelationIds TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX body_words lower(Body) TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 1
)
ENGINE = ${replicated}MergeTree
PARTITION BY toDate(Timestamp)
ORDER BY (toStartOfFiveMinutes(Timestamp), ServiceName, ResourceId, Timestamp)
SETTINGS non_replicated_deduplication_window = 1000, merge_selector_base = 20;

CREATE TABLE IF NOT EXISTS ${database}.spans ${on_cluster}
(
  Timestamp DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
  DurationNs Int64 CODEC(ZSTD(1)),
  TraceId FixedString(16) CODEC(ZSTD(1)),
  SpanId FixedString(8) CODEC(ZSTD(1)),
  ParentSpanId FixedString(8) CODEC(ZSTD(1)),
  TraceState String CODEC(ZSTD(1)),
  Flags UInt32 CODEC(ZSTD(1)),
  Name LowCardinality(String) CODEC(ZSTD(1)),
  Kind Enum8('unspecified' = 0, 'internal' = 1, 'server' = 2, 'client' = 3, 'producer' = 4, 'consumer' = 5) CODEC(ZSTD(1)),
  StatusCode Enum8('unset' = 0, 'ok' = 1, 'error' = 2) CODEC(ZSTD(1)),
  StatusMessage String CODEC(ZSTD(1)),
  ServiceName LowCardinality(String) CODEC(ZSTD(1)),
  ResourceId UInt64 CODEC(ZSTD(1)),
  ScopeId UInt64 CODEC(ZSTD(1)),
  ScopeName LowCardinality(String) CODEC(ZSTD(1)),
  Attributes JSON CODEC(ZSTD(1)),
  DroppedAttributesCount UInt32 CODEC(ZSTD(1)),
  `Events.Timestamp` Array(DateTime64(9, 'UTC')) CODEC(ZSTD(1)),
  `Events.Name` Array(LowCardinality(String)) CODEC(ZSTD(1)),
  `Events.Attributes` Array(String) CODEC(ZSTD(1)),
  `Events.DroppedAttributesCount` Array(UInt32) CODEC(ZSTD(1)),
  DroppedEventsCount UInt32 CODEC(ZSTD(1)),
  `Links.TraceId` Array(FixedString(16)) CODEC(ZSTD(1)),
  `Links.SpanId` Array(FixedString(8)) CODEC(ZSTD(1)),
  `Links.TraceState` Array(String) CODEC(ZSTD(1)),
  `Links.Flags` Array(UInt32) CODEC(ZSTD(1)),
  `Links.Attributes` Array(String) CODEC(ZSTD(1)),
  `Links.DroppedAttributesCount` Array(UInt32) CODEC(ZSTD(1)),
  DroppedLinksCount UInt32 CODEC(ZSTD(1)),
  CorrelationIds Array(String) CODEC(ZSTD(1)),
  INDEX trace_id TraceId TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX correlation_ids CorrelationIds TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ${replicated}MergeTree
PARTITION BY toDate(Timestamp)
ORDER BY (toStartOfFiveMinutes(Timestamp), ServiceName, Name, Timestamp)
SETTINGS non_replicated_deduplication_window = 1000, merge_selector_base = 20;

-- From a trace id to the time its spans lie in, so that a trace is fetched without a scan.
CREATE TABLE IF NOT EXISTS ${database}.trace_times ${on_cluster}
(
  TraceId FixedString(16) CODEC(ZSTD(1)),
  Start SimpleAggregateFunction(min, DateTime64(9, 'UTC')) CODEC(ZSTD(1)),
  End SimpleAggregateFunction(max, DateTime64(9, 'UTC')) CODEC(ZSTD(1))
)
ENGINE = ${replicated}AggregatingMergeTree
PARTITION BY toDate(Start)
ORDER BY TraceId;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.trace_times_from_spans ${on_cluster} TO ${database}.trace_times AS
SELECT TraceId, min(Timestamp) AS Start, max(Timestamp) AS End
FROM ${database}.spans
GROUP BY TraceId;

-- One row per resource and day on which it was seen.
CREATE TABLE IF NOT EXISTS ${database}.resources ${on_cluster}
(
  Day Date,
  ResourceId UInt64,
  ServiceName LowCardinality(String),
  ServiceNamespace LowCardinality(String),
  SchemaUrl LowCardinality(String),
  Attributes JSON,
  DroppedAttributesCount UInt32
)
ENGINE = ${replicated}ReplacingMergeTree
PARTITION BY toYYYYMM(Day)
ORDER BY (ResourceId, Day);

-- One row per instrumentation scope and day on which it was seen.
CREATE TABLE IF NOT EXISTS ${database}.scopes ${on_cluster}
(
  Day Date,
  ScopeId UInt64,
  Name LowCardinality(String),
  Version LowCardinality(String),
  SchemaUrl LowCardinality(String),
  Attributes JSON,
  DroppedAttributesCount UInt32
)
ENGINE = ${replicated}ReplacingMergeTree
PARTITION BY toYYYYMM(Day)
ORDER BY (ScopeId, Day);

-- The field catalogue: which names occur where, with which types, on which day.
CREATE TABLE IF NOT EXISTS ${database}.fields ${on_cluster}
(
  Day Date,
  Signal Enum8('logs' = 1, 'spans' = 2, 'metrics' = 3),
  Source Enum8('attribute' = 1, 'resource' = 2, 'scope' = 3, 'body' = 4),
  Name String,
  Type LowCardinality(String)
)
ENGINE = ${replicated}ReplacingMergeTree
PARTITION BY toYYYYMM(Day)
ORDER BY (Signal, Source, Name, Type, Day);

CREATE TABLE IF NOT EXISTS ${database}.metric_series ${on_cluster}
(
  Day Date,
  SeriesId UInt64,
  MetricName LowCardinality(String),
  Type Enum8('gauge' = 1, 'sum' = 2, 'histogram' = 3, 'exponential_histogram' = 4, 'summary' = 5),
  Unit LowCardinality(String),
  Description LowCardinality(String),
  Temporality Enum8('unspecified' = 0, 'delta' = 1, 'cumulative' = 2),
  IsMonotonic Bool,
  ServiceName LowCardinality(String),
  ResourceId UInt64,
  ScopeId UInt64,
  ScopeName LowCardinality(String),
  Attributes JSON,
  Metadata JSON
)
ENGINE = ${replicated}ReplacingMergeTree
PARTITION BY toYYYYMM(Day)
ORDER BY (MetricName, SeriesId, Day);

-- Value holds integers too; an integer that a Float64 cannot hold exactly is toInt128(Value) + IntRemainder.
CREATE TABLE IF NOT EXISTS ${database}.metric_points ${on_cluster}
(
  SeriesId UInt64 CODEC(ZSTD(1)),
  Timestamp DateTime64(9, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  StartTimestamp DateTime64(9, 'UTC') CODEC(ZSTD(1)),
  Value Float64 CODEC(Gorilla, ZSTD(1)),
  ValueType Enum8('none' = 0, 'double' = 1, 'int' = 2) CODEC(ZSTD(1)),
  IntRemainder Int16 CODEC(ZSTD(1)),
  Flags UInt32 CODEC(ZSTD(1))
)
ENGINE = ${replicated}MergeTree
PARTITION BY toDate(Timestamp)
ORDER BY (SeriesId, Timestamp)
SETTINGS non_replicated_deduplication_window = 1000, merge_selector_base = 20;

CREATE TABLE IF NOT EXISTS ${database}.metric_histograms ${on_cluster}
(
  SeriesId UInt64 CODEC(ZSTD(1)),
  Timestamp DateTime64(9, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  StartTimestamp DateTime64(9, 'UTC') CODEC(ZSTD(1)),
  Count UInt64 CODEC(ZSTD(1)),
  Sum Nullable(Float64) CODEC(ZSTD(1)),
  Min Nullable(Float64) CODEC(ZSTD(1)),
  Max Nullable(Float64) CODEC(ZSTD(1)),
  ExplicitBounds Array(Float64) CODEC(ZSTD(1)),
  BucketCounts Array(UInt64) CODEC(ZSTD(1)),
  Flags UInt32 CODEC(ZSTD(1))
)
ENGINE = ${replicated}MergeTree
PARTITION BY toDate(Timestamp)
ORDER BY (SeriesId, Timestamp)
SETTINGS non_replicated_deduplication_window = 1000, merge_selector_base = 20;

CREATE TABLE IF NOT EXISTS ${database}.metric_exponential_histograms ${on_cluster}
(
  SeriesId UInt64 CODEC(ZSTD(1)),
  Timestamp DateTime64(9, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  StartTimestamp DateTime64(9, 'UTC') CODEC(ZSTD(1)),
  Count UInt64 CODEC(ZSTD(1)),
  Sum Nullable(Float64) CODEC(ZSTD(1)),
  Min Nullable(Float64) CODEC(ZSTD(1)),
  Max Nullable(Float64) CODEC(ZSTD(1)),
  Scale Int32 CODEC(ZSTD(1)),
  ZeroCount UInt64 CODEC(ZSTD(1)),
  ZeroThreshold Float64 CODEC(ZSTD(1)),
  PositiveOffset Int32 CODEC(ZSTD(1)),
  PositiveBucketCounts Array(UInt64) CODEC(ZSTD(1)),
  NegativeOffset Int32 CODEC(ZSTD(1)),
  NegativeBucketCounts Array(UInt64) CODEC(ZSTD(1)),
  Flags UInt32 CODEC(ZSTD(1))
)
ENGINE = ${replicated}MergeTree
PARTITION BY toDate(Timestamp)
ORDER BY (SeriesId, Timestamp)
SETTINGS non_replicated_deduplication_window = 1000, merge_selector_base = 20;

CREATE TABLE IF NOT EXISTS ${database}.metric_summaries ${on_cluster}
(
  SeriesId UInt64 CODEC(ZSTD(1)),
  Timestamp DateTime64(9, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  StartTimestamp DateTime64(9, 'UTC') CODEC(ZSTD(1)),
  Count UInt64 CODEC(ZSTD(1)),
  Sum Float64 CODEC(ZSTD(1)),
  Quantiles Array(Float64) CODEC(ZSTD(1)),
  Values Array(Float64) CODEC(ZSTD(1)),
  Flags UInt32 CODEC(ZSTD(1))
)
ENGINE = ${replicated}MergeTree
PARTITION BY toDate(Timestamp)
ORDER BY (SeriesId, Timestamp)
SETTINGS non_replicated_deduplication_window = 1000, merge_selector_base = 20;

CREATE TABLE IF NOT EXISTS ${database}.metric_exemplars ${on_cluster}
(
  SeriesId UInt64 CODEC(ZSTD(1)),
  Timestamp DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
  Value Float64 CODEC(ZSTD(1)),
  ValueType Enum8('none' = 0, 'double' = 1, 'int' = 2) CODEC(ZSTD(1)),
  IntRemainder Int16 CODEC(ZSTD(1)),
  TraceId FixedString(16) CODEC(ZSTD(1)),
  SpanId FixedString(8) CODEC(ZSTD(1)),
  Attributes JSON CODEC(ZSTD(1))
)
ENGINE = ${replicated}MergeTree
PARTITION BY toDate(Timestamp)
ORDER BY (SeriesId, Timestamp)
SETTINGS non_replicated_deduplication_window = 1000, merge_selector_base = 20;
