-- Idempotency records are stored in order of arrival, and only their keys, which arrive in any order, are an index. Wide rows in the order
-- of random keys were half of what a payment wrote to the write-ahead log (docs/decisions/0015-records-in-order.md).
alter table idempotency_record rename to wide_idempotency_record;

create table idempotency_record (
    site_id     integer not null,
    actor       integer not null,
    key         text    not null,
    fingerprint blob    not null,
    receipt     blob    not null,
    trace_id    text    not null,
    created_at  integer not null,
    constraint idempotency_record_pk primary key (site_id, actor, key)
) strict;

insert into idempotency_record (site_id, actor, key, fingerprint, receipt, trace_id, created_at)
select site_id, actor, key, fingerprint, receipt, trace_id, created_at
from wide_idempotency_record
order by created_at;

drop table wide_idempotency_record;

insert into sqlite_stat1 (tbl, idx, stat) values
    ('idempotency_record', 'sqlite_autoindex_idempotency_record_1', '1000000 1000000 100000 1');
analyze sqlite_schema;
