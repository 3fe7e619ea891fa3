create table schema_version as
select 0 as version
