-- A table that does not exist yet gives null, and so false.
select exists (select from pg_dist_partition where logicalrelid = to_regclass($1))
