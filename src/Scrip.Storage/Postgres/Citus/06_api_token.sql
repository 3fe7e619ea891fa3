select create_distributed_table('api_token', 'site_id', colocate_with => 'counter')
