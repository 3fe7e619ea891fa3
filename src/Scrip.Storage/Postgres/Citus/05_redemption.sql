select create_distributed_table('redemption', 'site_id', colocate_with => 'counter')
