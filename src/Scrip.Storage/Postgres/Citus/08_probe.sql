select create_distributed_table('probe', 'site_id', colocate_with => 'counter')
