-- What is recorded here decides whether the next start works, and a write that fails is only noticed where files are flushed (storage/README.md).

ALTER TABLE ${database}.schema_migrations ${on_cluster} MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
