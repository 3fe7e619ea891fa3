alter table counter add column last_batch_id integer not null default 0
    constraint counter_last_batch_id check (last_batch_id >= 0);

-- Certificates that one call made. Their ids follow each other: a batch is a range, and no certificate is written for it
-- (docs/decisions/0047-a-batch-is-a-range-of-ids.md).
create table batch (
    site_id              integer not null,
    id                   integer not null,
    -- Null for a batch that is named after its created_at.
    name                 text,
    source               integer not null,
    first_certificate_id integer not null,
    certificates         integer not null,
    -- The sum of the issued values, in whole units of the site's currency: in minor units it could exceed 64 bits.
    units                integer not null,
    created_at           integer not null,
    created_by           integer not null,
    constraint batch_pk primary key (site_id, id),
    constraint batch_first_certificate_unique unique (site_id, first_certificate_id),
    constraint batch_name_length check (length(name) between 1 and 100),
    constraint batch_range check (first_certificate_id >= 1 and certificates >= 1),
    constraint batch_units check (units >= 0)
) strict, without rowid;

insert into sqlite_stat1 (tbl, idx, stat) values
    ('batch', 'batch', '100000 100000 1'),
    ('batch', 'sqlite_autoindex_batch_2', '100000 100000 1');
analyze sqlite_schema;
