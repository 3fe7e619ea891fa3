-- The table in which Citus registers distributed tables exists only with Citus.
select to_regclass('pg_dist_partition') is not null
