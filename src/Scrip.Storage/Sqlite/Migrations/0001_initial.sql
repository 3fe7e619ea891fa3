create table site (
    site_id    integer not null primary key,
    name       text    not null,
    currency   text    not null,
    time_zone  text    not null,
    created_at integer not null,
    -- The only table that concerns all sites (docs/decisions/0003-site-register.md).
    constraint site_name_unique unique (name)
) strict;

-- The last assigned id of each kind. Every write of a site begins here.
create table counter (
    site_id             integer not null primary key,
    last_certificate_id integer not null,
    last_entry_id       integer not null,
    last_redemption_id  integer not null,
    constraint counter_last_certificate_id check (last_certificate_id >= 0),
    constraint counter_last_entry_id check (last_entry_id >= 0),
    constraint counter_last_redemption_id check (last_redemption_id >= 0)
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

-- Counts changes of sites and tokens, so that servers that keep them in memory know when to read them again.
create table access_version (
    site_id integer not null primary key,
    version integer not null
) strict;

-- Amounts are in minor units of the site's currency, times in microseconds since 1970. The table is ordered by id and has no other order: a
-- list is one walk.
create table certificate (
    site_id         integer not null,
    id              integer not null,
    code            text    not null,
    -- The code with case, white space and hyphens set aside: what a payment is looked up by.
    code_folded     text    not null,
    is_active       integer not null,
    value_minor     integer not null,
    spent           integer not null,
    held            integer not null,
    version         integer not null,
    issued_value    integer not null,
    created_at      integer not null,
    created_by      integer not null,
    updated_at      integer not null,
    starts_at       integer,
    expires_at      integer,
    single_use      integer not null,
    note            text,
    -- Its issue takes a number of the journal and has no row there: a bulk load writes one table.
    issued_entry_id integer not null,
    -- Where its timeline ends in the journal.
    last_entry_id   integer not null,
    constraint certificate_pk primary key (site_id, id),
    -- The code alone is unique; its folded form leads because payments look for that, and a second index would cost every new code twice.
    constraint certificate_code_unique unique (site_id, code_folded, code),
    constraint certificate_issued_entry_unique unique (site_id, issued_entry_id),
    constraint certificate_code_length check (length(code) between 1 and 255),
    constraint certificate_is_active check (is_active in (0, 1)),
    constraint certificate_single_use check (single_use in (0, 1)),
    constraint certificate_value_range check (value_minor between 0 and 1000000000000000),
    constraint certificate_balance check (spent >= 0 and held >= 0 and spent + held <= value_minor),
    constraint certificate_version check (version >= 1),
    constraint certificate_last_entry check (last_entry_id >= issued_entry_id)
) strict, without rowid;

-- The journal: rows are inserted and never changed.
create table entry (
    site_id        integer not null,
    id             integer not null,
    certificate_id integer not null,
    -- The certificate's entry before this one. A timeline is walked back from the certificate's last entry to its issue: an index by
    -- certificate would make every write touch another random page.
    previous_id    integer not null,
    -- 0 where it is about none.
    redemption_id  integer not null,
    kind           integer not null,
    amount         integer not null,
    balance_after  integer not null,
    held_after     integer not null,
    value_after    integer not null,
    detail         text,
    actor          integer not null,
    created_at     integer not null,
    constraint entry_pk primary key (site_id, id),
    constraint entry_previous check (previous_id between 1 and id - 1),
    constraint entry_balance check (balance_after >= 0 and held_after >= 0 and balance_after + held_after <= value_after)
) strict, without rowid;

create table redemption (
    site_id         integer not null,
    id              integer not null,
    certificate_id  integer not null,
    reference       text    not null,
    state           integer not null,
    amount          integer not null,
    captured        integer not null,
    refunded        integer not null,
    balance_after   integer not null,
    created_at      integer not null,
    hold_expires_at integer,
    -- 0 while it is held or captured, then its own id: so that one certificate and one reference have one live redemption.
    ended_id        integer not null,
    constraint redemption_pk primary key (site_id, id),
    constraint redemption_reference_unique unique (site_id, reference, certificate_id, ended_id),
    constraint redemption_state check (state between 1 and 4 and ended_id = case when state in (1, 2) then 0 else id end),
    constraint redemption_hold check (state = 2 or hold_expires_at is not null),
    constraint redemption_amounts check (amount > 0 and captured between 0 and amount and refunded between 0 and captured),
    constraint redemption_balance check (balance_after >= 0)
) strict, without rowid;

-- The open holds in the order in which they run out, over all sites, because one job ends them all.
create index redemption_open_hold on redemption (hold_expires_at, site_id) where state = 1;

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
