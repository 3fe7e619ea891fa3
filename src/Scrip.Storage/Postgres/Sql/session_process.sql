-- SQLite runs in this process. Behind a pooler the driver only knows the pooler's number.
select pg_backend_pid()
