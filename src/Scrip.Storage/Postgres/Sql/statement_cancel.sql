-- SQLite's scans run in this process, which interrupts them itself.
select pg_cancel_backend($1)
