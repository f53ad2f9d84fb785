-- On a full disk the view must not be what fails. When it does while the part of its spans is being written, the engine (26.7) may put that part in
-- its place with empty files and note its token: the repetition is dropped, the spans are lost, and every query that meets the part fails. So spans
-- are refused while there is still plenty of room for the few bytes of trace_times.

ALTER TABLE ${database}.spans ${on_cluster} MODIFY SETTING min_free_disk_bytes_to_perform_insert = 67108864;
