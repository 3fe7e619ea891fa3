-- The pipeline's statements only find rows by key. They are planned once, without their values, because planning each time took a fifth of
-- a payment. A plan made while the tables were empty must not stay a scan, so every plan but an index scan is switched off.
select set_config('plan_cache_mode', $1, false),
       set_config('enable_seqscan', 'off', false),
       set_config('enable_bitmapscan', 'off', false),
       set_config('enable_hashjoin', 'off', false),
       set_config('enable_mergejoin', 'off', false),
       set_config('enable_sort', 'off', false),
       set_config('jit', 'off', false),
       set_config('statement_timeout', coalesce(nullif(current_setting('statement_timeout'), '0'), '60s'), false),
       set_config('lock_timeout', coalesce(nullif(current_setting('lock_timeout'), '0'), '20s'), false),
       set_config('synchronous_commit', coalesce(nullif(current_setting('synchronous_commit'), 'off'), 'on'), false)
