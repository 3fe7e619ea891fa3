-- The pipeline's statements find rows by their keys and in no other way, however small the tables look to the planner or did when it made
-- the plan that stays: in these sessions a row that is looked at costs far more than a key that is looked up, and a page costs nothing.
select set_config('cpu_tuple_cost', '10', false),
       set_config('seq_page_cost', '0', false),
       set_config('random_page_cost', '0', false),
       set_config('enable_seqscan', 'off', false),
       set_config('enable_bitmapscan', 'off', false),
       set_config('enable_material', 'off', false),
       set_config('enable_hashjoin', 'off', false),
       set_config('enable_mergejoin', 'off', false),
       set_config('jit', 'off', false),
       set_config('statement_timeout', '60s', false),
       set_config('lock_timeout', '20s', false),
       set_config('synchronous_commit', coalesce(nullif(current_setting('synchronous_commit'), 'off'), 'on'), false)
