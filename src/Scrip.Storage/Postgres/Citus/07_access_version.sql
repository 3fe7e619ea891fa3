select create_distributed_table('access_version', 'site_id', colocate_with => 'counter')
