-- What the server compiles for a query over a whole shop saves less than compiling takes, and the first row waits for it.
-- A scan keeps one processor busy, not several: the others are for those who write.
-- Nobody ends the scans of a process that was killed: the server looks by itself whether somebody still waits for the rows. (It can since
-- PostgreSQL 14, and never on Windows.)
select set_config('jit', 'off', false),
       set_config('max_parallel_workers_per_gather', '0', false),
       (select set_config(name, '1s', false)
        from pg_settings
        where name = 'client_connection_check_interval' and version() not like '%Visual C++%')
