-- Ingest writes trace_times itself. As a view of spans it could fail while a part of spans was being written, and then the engine (26.7) put that part
-- in its place with empty files and noted its token: the repetition was dropped, the spans were lost, and every query that met the part failed.

DROP VIEW IF EXISTS ${database}.trace_times_from_spans ${on_cluster};
