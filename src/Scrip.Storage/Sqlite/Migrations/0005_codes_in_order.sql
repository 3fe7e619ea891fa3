-- Codes arrive in any order, certificates in the order of their ids. As an index of the certificates, each code was inserted with its
-- certificate at a random place: once the index outgrew the cache, a page was read and written for every code. With their own table, the
-- codes of a bulk-create are inserted in their order (docs/decisions/0026-codes-in-order.md).
alter table certificate rename to certificate_with_codes;

-- Amounts are in minor units of the site's currency, times in microseconds since 1970. The table is ordered by id and has no other order: a
-- list is one walk.
create table certificate (
    site_id                integer not null,
    id                     integer not null,
    code                   text    not null,
    is_active              integer not null,
    value_minor            integer not null,
    spent                  integer not null,
    held                   integer not null,
    version                integer not null,
    issued_value           integer not null,
    created_at             integer not null,
    created_by             integer not null,
    updated_at             integer not null,
    starts_at              integer,
    expires_at             integer,
    single_use             integer not null,
    note                   text,
    -- Its issue takes a number of the journal and has no row there: a bulk load leaves the journal alone.
    issued_entry_id        integer not null,
    -- Where its timeline ends in the journal.
    last_entry_id          integer not null,
    -- For a single use: the site's last redemption when a capture spent the certificate; 0 while none has.
    spent_at_redemption_id integer not null,
    constraint certificate_pk primary key (site_id, id),
    constraint certificate_issued_entry_unique unique (site_id, issued_entry_id),
    constraint certificate_code_length check (length(code) between 1 and 255),
    constraint certificate_is_active check (is_active in (0, 1)),
    constraint certificate_single_use check (single_use in (0, 1)),
    constraint certificate_value_range check (value_minor between 0 and 1000000000000000),
    constraint certificate_balance check (spent >= 0 and held >= 0 and spent + held <= value_minor),
    constraint certificate_version check (version >= 1),
    constraint certificate_last_entry check (last_entry_id >= issued_entry_id)
) strict, without rowid;

insert into certificate
    (site_id, id, code, is_active, value_minor, spent, held, version, issued_value, created_at, created_by, updated_at, starts_at,
     expires_at, single_use, note, issued_entry_id, last_entry_id, spent_at_redemption_id)
select site_id, id, code, is_active, value_minor, spent, held, version, issued_value, created_at, created_by, updated_at, starts_at,
       expires_at, single_use, note, issued_entry_id, last_entry_id, spent_at_redemption_id
from certificate_with_codes
order by site_id, id;

-- Every certificate's code once: this table makes it unique and lets payments find it. The code alone is unique; its folded form leads
-- because payments look for it.
create table certificate_code (
    site_id        integer not null,
    -- The code with case, white space and hyphens set aside.
    code_folded    text    not null,
    code           text    not null,
    certificate_id integer not null,
    constraint certificate_code_pk primary key (site_id, code_folded, code)
) strict, without rowid;

insert into certificate_code (site_id, code_folded, code, certificate_id)
select site_id, code_folded, code, id
from certificate_with_codes
order by site_id, code_folded, code;

drop table certificate_with_codes;

delete from sqlite_stat1 where tbl like 'certificate%';
insert into sqlite_stat1 (tbl, idx, stat) values
    ('certificate', 'certificate', '1000000 1000000 1'),
    ('certificate', 'sqlite_autoindex_certificate_2', '1000000 1000000 1'),
    ('certificate_code', 'certificate_code', '1000000 1000000 1 1');
analyze sqlite_schema;
