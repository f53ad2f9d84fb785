-- The count of a trace's logs read four granules for one that had them, at one false match in a hundred. At one in a thousand id: reads 28 instead of 46
-- thousand of 2 M rows and takes a fifth less; the index takes half as much room again, a tenth of a byte a record.
-- What is stored already gets its index in the background; until then it is read without one.

ALTER TABLE ${database}.logs ${on_cluster} DROP INDEX IF EXISTS trace_id;
ALTER TABLE ${database}.logs ${on_cluster} ADD INDEX IF NOT EXISTS trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1;
ALTER TABLE ${database}.logs ${on_cluster} MATERIALIZE INDEX trace_id;

ALTER TABLE ${database}.spans ${on_cluster} DROP INDEX IF EXISTS trace_id;
ALTER TABLE ${database}.spans ${on_cluster} ADD INDEX IF NOT EXISTS trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1;
ALTER TABLE ${database}.spans ${on_cluster} MATERIALIZE INDEX trace_id;
