select create_distributed_table('idempotency_record', 'site_id', colocate_with => 'counter')
