create table site (
    site_id    bigint not null,
    name       text   collate "C" not null,
    currency   text   not null,
    time_zone  text   not null,
    created_at bigint not null,
    constraint site_pk primary key (site_id),
    -- The only table that concerns all sites (docs/decisions/0003-site-register.md).
    constraint site_name_unique unique (name)
);

-- The last assigned id of each kind. Every write of a site begins by locking its row here: the writes of a site follow one another,
-- whichever server they come from (docs/decisions/0008-one-lock-a-site.md).
create table counter (
    site_id             bigint not null,
    last_certificate_id bigint not null,
    last_entry_id       bigint not null,
    last_redemption_id  bigint not null,
    constraint counter_pk primary key (site_id),
    constraint counter_last_certificate_id check (last_certificate_id >= 0),
    constraint counter_last_entry_id check (last_entry_id >= 0),
    constraint counter_last_redemption_id check (last_redemption_id >= 0)
) with (fillfactor = 50);

create table api_token (
    site_id    bigint not null,
    id         bigint not null,
    name       text   not null,
    scopes     bigint not null,
    hash       bytea  not null,
    created_at bigint not null,
    expires_at bigint,
    revoked_at bigint,
    constraint api_token_pk primary key (site_id, id),
    constraint api_token_hash_unique unique (site_id, hash)
);

-- Counts changes of sites and tokens, so that every server knows when to read them again.
create table access_version (
    site_id bigint not null,
    version bigint not null,
    constraint access_version_pk primary key (site_id)
);

-- The row for all sites.
insert into access_version (site_id, version)
values (0, 0);

-- Amounts are in minor units of the site's currency, times in microseconds since 1970.
create table certificate (
    site_id         bigint  not null,
    id              bigint  not null,
    code            text    collate "C" not null,
    -- The folded form of the code, by which payments look it up.
    code_folded     text    collate "C" not null,
    is_active       boolean not null,
    value_minor     bigint  not null,
    spent           bigint  not null,
    held            bigint  not null,
    version         bigint  not null,
    issued_value    bigint  not null,
    created_at      bigint  not null,
    created_by      bigint  not null,
    updated_at      bigint  not null,
    starts_at       bigint,
    expires_at      bigint,
    single_use      boolean not null,
    note            text,
    -- The issue takes a journal number but has no row there, so that a bulk load writes only one table.
    issued_entry_id bigint  not null,
    -- The certificate's newest entry in the journal.
    last_entry_id   bigint  not null,
    constraint certificate_pk primary key (site_id, id),
    -- The code alone is unique. Its folded form leads because payments look for it; a second index would double the cost of every new code.
    constraint certificate_code_unique unique (site_id, code_folded, code),
    constraint certificate_issued_entry_unique unique (site_id, issued_entry_id),
    constraint certificate_code_length check (length(code) between 1 and 255),
    constraint certificate_value_range check (value_minor between 0 and 1000000000000000),
    constraint certificate_balance check (spent >= 0 and held >= 0 and spent + held <= value_minor),
    constraint certificate_version check (version >= 1),
    constraint certificate_last_entry check (last_entry_id >= issued_entry_id)
);

-- The journal: rows are inserted and never changed.
create table entry (
    site_id        bigint not null,
    id             bigint not null,
    certificate_id bigint not null,
    -- The certificate's entry before this one. A timeline is walked back from the certificate's last entry to its issue: an index by
    -- certificate would make every write touch another random page.
    previous_id    bigint not null,
    -- 0 if the entry belongs to no redemption.
    redemption_id  bigint not null,
    kind           bigint not null,
    amount         bigint not null,
    balance_after  bigint not null,
    held_after     bigint not null,
    value_after    bigint not null,
    detail         text,
    actor          bigint not null,
    created_at     bigint not null,
    constraint entry_pk primary key (site_id, id),
    constraint entry_previous check (previous_id between 1 and id - 1),
    constraint entry_balance check (balance_after >= 0 and held_after >= 0 and balance_after + held_after <= value_after)
);

create table redemption (
    site_id         bigint not null,
    id              bigint not null,
    certificate_id  bigint not null,
    reference       text   collate "C" not null,
    state           bigint not null,
    amount          bigint not null,
    captured        bigint not null,
    refunded        bigint not null,
    balance_after   bigint not null,
    created_at      bigint not null,
    hold_expires_at bigint,
    -- 0 while held or captured, then the redemption's own id, so that a certificate and a reference have only one live redemption.
    ended_id        bigint not null,
    constraint redemption_pk primary key (site_id, id),
    constraint redemption_reference_unique unique (site_id, reference, certificate_id, ended_id),
    constraint redemption_state check (state between 1 and 4 and ended_id = case when state in (1, 2) then 0 else id end),
    constraint redemption_hold check (state = 2 or hold_expires_at is not null),
    constraint redemption_amounts check (amount > 0 and captured between 0 and amount and refunded between 0 and captured),
    constraint redemption_balance check (balance_after >= 0)
);

-- The open holds in the order in which they run out, over all sites, because one job ends them all.
create index redemption_open_hold on redemption (hold_expires_at, site_id) where state = 1;

create table idempotency_record (
    site_id     bigint not null,
    actor       bigint not null,
    key         text   collate "C" not null,
    fingerprint bytea  not null,
    receipt     bytea  not null,
    trace_id    text   not null,
    created_at  bigint not null,
    constraint idempotency_record_pk primary key (site_id, actor, key)
);

-- Written by the readiness probe.
create table probe (
    site_id   bigint not null,
    probed_at bigint not null,
    constraint probe_pk primary key (site_id)
);
