-- SQLite runs in this process. Behind a pooler the driver knows the pooler's number only.
select pg_backend_pid()
