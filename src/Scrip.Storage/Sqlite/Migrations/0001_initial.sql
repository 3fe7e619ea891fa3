create table site (
    site_id    integer not null primary key,
    name       text    not null,
    currency   text    not null,
    time_zone  text    not null,
    created_at integer not null,
    -- The register of sites is the one table that is about all of them (docs/decisions/0003-site-register.md).
    constraint site_name_unique unique (name)
) strict;

-- The last id given out of each kind. Whoever writes in a site begins here.
create table counter (
    site_id             integer not null primary key,
    last_certificate_id integer not null,
    last_entry_id       integer not null,
    constraint counter_last_certificate_id check (last_certificate_id >= 0),
    constraint counter_last_entry_id check (last_entry_id >= 0)
) strict;

create table api_token (
    site_id    integer not null,
    id         integer not null,
    name       text    not null,
    scopes     integer not null,
    hash       blob    not null,
    created_at integer not null,
    expires_at integer,
    revoked_at integer,
    constraint api_token_pk primary key (site_id, id),
    constraint api_token_hash_unique unique (site_id, hash)
) strict, without rowid;

-- Counts changes of sites and tokens, so that whoever keeps them in memory knows when to read them again.
create table access_version (
    site_id integer not null primary key,
    version integer not null
) strict;

-- Amounts are in minor units of the site's currency, times in microseconds since 1970.
-- Kept in the order of the ids, and in nothing else: a list is one walk, an insert two.
create table certificate (
    site_id       integer not null,
    id            integer not null,
    code          text    not null,
    is_active     integer not null,
    value_minor   integer not null,
    spent         integer not null,
    held          integer not null,
    version       integer not null,
    issued_value  integer not null,
    created_at    integer not null,
    created_by    integer not null,
    updated_at    integer not null,
    -- Where its timeline ends in the journal; 0 while nothing has happened to it.
    last_entry_id integer not null,
    constraint certificate_pk primary key (site_id, id),
    constraint certificate_code_unique unique (site_id, code),
    constraint certificate_code_length check (length(code) between 1 and 255),
    constraint certificate_is_active check (is_active in (0, 1)),
    constraint certificate_value_range check (value_minor between 0 and 1000000000000000),
    constraint certificate_balance check (spent >= 0 and held >= 0 and spent + held <= value_minor),
    constraint certificate_version check (version >= 1)
) strict, without rowid;

-- The journal: rows are inserted and never touched again.
create table entry (
    site_id        integer not null,
    id             integer not null,
    certificate_id integer not null,
    -- The certificate's entry before this one; 0 for its first. A timeline is walked back from the certificate's last entry: an index
    -- by certificate would make every write touch another random page.
    previous_id    integer not null,
    kind           integer not null,
    amount         integer not null,
    balance_after  integer not null,
    value_after    integer not null,
    code_before    text,
    code_after     text,
    actor          integer not null,
    created_at     integer not null,
    constraint entry_pk primary key (site_id, id),
    constraint entry_previous check (previous_id between 0 and id - 1),
    constraint entry_balance check (balance_after between 0 and value_after)
) strict, without rowid;

create table idempotency_record (
    site_id     integer not null,
    actor       integer not null,
    key         text    not null,
    fingerprint blob    not null,
    receipt     blob    not null,
    trace_id    text    not null,
    created_at  integer not null,
    constraint idempotency_record_pk primary key (site_id, actor, key)
) strict, without rowid;

-- Written by the readiness probe.
create table probe (
    site_id   integer not null primary key,
    probed_at integer not null
) strict;
