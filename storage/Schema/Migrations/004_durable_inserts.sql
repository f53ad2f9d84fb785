-- Ingest forgets its own copy of a record when an insert returns, so the insert must have reached the disk: the part's files and its directory are
-- flushed first. So is the part that a merge makes: this engine removes the parts that it replaces at once (old_parts_lifetime is 0).
-- What records refer to is written once a day and must not be missing either.
-- A block takes one entry of the deduplication window for each day that it has rows of, and may have rows of thousands of days.

ALTER TABLE ${database}.logs ${on_cluster}
  MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, non_replicated_deduplication_window = 10000;

ALTER TABLE ${database}.spans ${on_cluster}
  MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, non_replicated_deduplication_window = 10000;

ALTER TABLE ${database}.metric_points ${on_cluster}
  MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, non_replicated_deduplication_window = 10000;

ALTER TABLE ${database}.metric_histograms ${on_cluster}
  MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, non_replicated_deduplication_window = 10000;

ALTER TABLE ${database}.metric_exponential_histograms ${on_cluster}
  MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, non_replicated_deduplication_window = 10000;

ALTER TABLE ${database}.metric_summaries ${on_cluster}
  MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, non_replicated_deduplication_window = 10000;

ALTER TABLE ${database}.metric_exemplars ${on_cluster}
  MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, non_replicated_deduplication_window = 10000;

ALTER TABLE ${database}.ingest_ledger ${on_cluster} MODIFY SETTING min_rows_to_fsync_after_merge = 1;
ALTER TABLE ${database}.trace_times ${on_cluster} MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
ALTER TABLE ${database}.resources ${on_cluster} MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
ALTER TABLE ${database}.scopes ${on_cluster} MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
ALTER TABLE ${database}.fields ${on_cluster} MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
ALTER TABLE ${database}.metric_series ${on_cluster} MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
