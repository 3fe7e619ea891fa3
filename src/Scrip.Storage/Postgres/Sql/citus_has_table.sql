select exists (select from pg_dist_partition where logicalrelid = to_regclass($1))
