-- Citus keeps its tables here.
select to_regclass('pg_dist_partition') is not null
