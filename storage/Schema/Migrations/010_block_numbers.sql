-- The engine numbers inserts. A merge would forget the numbers; kept, they say of every record whether it arrived since somebody looked last, in whatever
-- order of time records arrive: the live tail asks for them.

ALTER TABLE ${database}.logs ${on_cluster} MODIFY SETTING enable_block_number_column = 1;
ALTER TABLE ${database}.spans ${on_cluster} MODIFY SETTING enable_block_number_column = 1;
