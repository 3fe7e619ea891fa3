-- Null, and so not there, for a table that is still to be made.
select exists (select from pg_dist_partition where logicalrelid = to_regclass($1))
