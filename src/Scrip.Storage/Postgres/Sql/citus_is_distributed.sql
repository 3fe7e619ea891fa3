-- Whether Citus keeps the sites on its nodes. Asked only where there is Citus.
select exists (select from pg_dist_partition where logicalrelid = to_regclass('counter'))
