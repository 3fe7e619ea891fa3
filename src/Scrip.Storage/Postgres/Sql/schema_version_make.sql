-- With its row at once: whoever sees the table can lock it.
create table schema_version as
select 0 as version
