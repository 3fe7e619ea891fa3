-- Compiling a query over a whole shop costs the server more time than it saves, and delays the first row. A scan uses one processor, not
-- several: the others are for writers. Nobody ends the scans of a killed process, so the server checks by itself whether the client is
-- still connected. (PostgreSQL can do so since version 14, but not on Windows.)
select set_config('jit', 'off', false),
       set_config('max_parallel_workers_per_gather', '0', false),
       (select set_config(name, '1s', false)
        from pg_settings
        where name = 'client_connection_check_interval' and version() not like '%Visual C++%')
