-- Needs no table, no lock and no disk. (SQLite has no server that could hang.)
select 1
