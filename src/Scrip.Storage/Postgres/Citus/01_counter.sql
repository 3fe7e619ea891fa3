select create_distributed_table('counter', 'site_id')
