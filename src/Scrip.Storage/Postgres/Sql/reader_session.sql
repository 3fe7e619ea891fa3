-- What the server compiles for a query over a whole shop saves less than compiling takes, and the first row waits for it.
-- A scan keeps one processor busy, not several: the others are for those who write.
select set_config('jit', 'off', false),
       set_config('max_parallel_workers_per_gather', '0', false)
