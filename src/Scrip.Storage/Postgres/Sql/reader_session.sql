-- What the server compiles for a query over a whole shop saves less than compiling takes, and the first row waits for it.
select set_config('jit', 'off', false)
