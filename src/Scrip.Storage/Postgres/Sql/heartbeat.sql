-- Needs no table, no lock and no disk. (On SQLite there is no server that could hang.)
select 1
