alter table counter add column last_batch_id bigint not null default 0
    constraint counter_last_batch_id check (last_batch_id >= 0);
-- Only for the rows that exist.
alter table counter alter column last_batch_id drop default;

-- Certificates that one call made. Their ids follow each other: a batch is a range, and no certificate is written for it
-- (docs/decisions/0047-a-batch-is-a-range-of-ids.md).
create table batch (
    site_id              bigint not null,
    id                   bigint not null,
    -- Null for a batch that is named after its created_at.
    name                 text,
    source               bigint not null,
    first_certificate_id bigint not null,
    certificates         bigint not null,
    -- The sum of the issued values, in whole units of the site's currency: in minor units it could exceed 64 bits.
    units                bigint not null,
    created_at           bigint not null,
    created_by           bigint not null,
    constraint batch_pk primary key (site_id, id),
    constraint batch_first_certificate_unique unique (site_id, first_certificate_id),
    constraint batch_name_length check (length(name) between 1 and 100),
    constraint batch_range check (first_certificate_id >= 1 and certificates >= 1),
    constraint batch_units check (units >= 0)
);

-- PostgreSQL plans by statistics, and is shown a thousand rows once (0002_statistics.sql).
alter table batch alter column site_id set (n_distinct = 1);
insert into batch (site_id, id, name, source, first_certificate_id, certificates, units, created_at, created_by)
select -n, n, null, 1, n, 1, 0, n, 0
from generate_series(1, 1000) n;
analyze batch;
delete from batch where site_id < 0;

-- In a database that is already distributed (docs/operating/citus.md), the new table is distributed like the others.
do $$
begin
    if exists (select from pg_extension where extname = 'citus') then
        if exists (select from pg_dist_partition where logicalrelid = 'counter'::regclass) then
            perform create_distributed_table('batch', 'site_id', colocate_with => 'counter');
        end if;
    end if;
end
$$;
