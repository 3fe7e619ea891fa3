-- Whether Citus keeps the sites on its nodes. Only run on a database with Citus.
select exists (select from pg_dist_partition where logicalrelid = to_regclass('counter'))
