-- unnest is in the select list because after FROM each column would first be materialized.
insert into idempotency_record (site_id, actor, key, fingerprint, receipt, trace_id, created_at)
select $1, unnest($2::bigint[]), unnest($3::text[]), unnest($4::bytea[]), unnest($5::bytea[]), unnest($6::text[]), unnest($7::bigint[])
