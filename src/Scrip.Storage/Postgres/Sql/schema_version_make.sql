-- Creates the table together with its row, so that any session that sees the table can lock the row.
create table schema_version as
select 0 as version
