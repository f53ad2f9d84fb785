-- What an insert makes is one file for all columns (a compact part); what a merge makes is a file for each column. An insert of 100,000 logs made 178
-- files, of spans 300, each created, flushed, and deleted by the next merge: 10 to 25 % of an insert.
-- Statistics (distinct values and bounds of every column in every part) decide the order of joins and conditions; no query of Observe needs them for it.

ALTER TABLE ${database}.logs ${on_cluster} MODIFY SETTING min_level_for_wide_part = 1, auto_statistics_types = '';
ALTER TABLE ${database}.spans ${on_cluster} MODIFY SETTING min_level_for_wide_part = 1, auto_statistics_types = '';
ALTER TABLE ${database}.metric_points ${on_cluster} MODIFY SETTING min_level_for_wide_part = 1, auto_statistics_types = '';
ALTER TABLE ${database}.metric_histograms ${on_cluster} MODIFY SETTING min_level_for_wide_part = 1, auto_statistics_types = '';
ALTER TABLE ${database}.metric_exponential_histograms ${on_cluster} MODIFY SETTING min_level_for_wide_part = 1, auto_statistics_types = '';
ALTER TABLE ${database}.metric_summaries ${on_cluster} MODIFY SETTING min_level_for_wide_part = 1, auto_statistics_types = '';
ALTER TABLE ${database}.metric_exemplars ${on_cluster} MODIFY SETTING min_level_for_wide_part = 1, auto_statistics_types = '';
ALTER TABLE ${database}.trace_times ${on_cluster} MODIFY SETTING min_level_for_wide_part = 1, auto_statistics_types = '';
ALTER TABLE ${database}.ingest_ledger ${on_cluster} MODIFY SETTING auto_statistics_types = '';
