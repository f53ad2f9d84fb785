-- What they held is in the tables of migration 013.

DROP TABLE IF EXISTS ${database}.metric_points ${on_cluster} SETTINGS max_table_size_to_drop = 0;
DROP TABLE IF EXISTS ${database}.metric_histograms ${on_cluster} SETTINGS max_table_size_to_drop = 0;
DROP TABLE IF EXISTS ${database}.metric_exponential_histograms ${on_cluster} SETTINGS max_table_size_to_drop = 0;
DROP TABLE IF EXISTS ${database}.metric_summaries ${on_cluster} SETTINGS max_table_size_to_drop = 0;
DROP TABLE IF EXISTS ${database}.metric_exemplars ${on_cluster} SETTINGS max_table_size_to_drop = 0;
