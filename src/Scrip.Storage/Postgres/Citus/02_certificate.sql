select create_distributed_table('certificate', 'site_id', colocate_with => 'counter')
