select create_distributed_table('entry', 'site_id', colocate_with => 'counter')
