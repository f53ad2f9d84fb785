-- Every question filters by time, and decoding nanoseconds took more of it than most filters: 15 ns of a processor for each row. T64 takes the bits that the
-- values of a run have in common out, which is nearly all there is to compress in times and durations (storage/README.md has the sizes and speeds of each codec).
-- Parts that are there keep their codec until they are merged.

ALTER TABLE ${database}.logs ${on_cluster} MODIFY COLUMN Timestamp CODEC(Delta(8), T64, LZ4);
ALTER TABLE ${database}.logs ${on_cluster} MODIFY COLUMN ObservedTimestamp CODEC(Delta(8), T64, ZSTD(1));
ALTER TABLE ${database}.spans ${on_cluster} MODIFY COLUMN Timestamp CODEC(T64, ZSTD(1));
ALTER TABLE ${database}.spans ${on_cluster} MODIFY COLUMN DurationNs CODEC(T64, ZSTD(1));
