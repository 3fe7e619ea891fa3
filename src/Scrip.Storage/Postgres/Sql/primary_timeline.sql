-- A promotion raises it. (On SQLite there is nothing to promote.)
select substring(pg_walfile_name(pg_current_wal_lsn()) for 8)
