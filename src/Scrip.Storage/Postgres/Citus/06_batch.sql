select create_distributed_table('batch', 'site_id', colocate_with => 'counter')
