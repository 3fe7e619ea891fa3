create table site (
    site_id    bigint not null,
    name       text   collate "C" not null,
    currency   text   not null,
    time_zone  text   not null,
    created_at bigint not null,
    constraint site_pk primary key (site_id),
    -- The register of sites is the one table that is about all of them (docs/decisions/0003-site-register.md).
    constraint site_name_unique unique (name)
);

-- The last id given out of each kind. Whoever writes in a site begins here, by locking its row: the writes of a site follow one another,
-- whichever server they come from (docs/decisions/0008-one-lock-a-site.md).
create table counter (
    site_id             bigint not null,
    last_certificate_id bigint not null,
    last_entry_id       bigint not null,
    constraint counter_pk primary key (site_id),
    constraint counter_last_certificate_id check (last_certificate_id >= 0),
    constraint counter_last_entry_id check (last_entry_id >= 0)
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

-- The row that stands for all sites.
insert into access_version (site_id, version)
values (0, 0);

-- Amounts are in minor units of the site's currency, times in microseconds since 1970.
create table certificate (
    site_id       bigint  not null,
    id            bigint  not null,
    code          text    collate "C" not null,
    is_active     boolean not null,
    value_minor   bigint  not null,
    spent         bigint  not null,
    held          bigint  not null,
    version       bigint  not null,
    issued_value  bigint  not null,
    created_at    bigint  not null,
    created_by    bigint  not null,
    updated_at    bigint  not null,
    -- Where its timeline ends in the journal; 0 while nothing has happened to it.
    last_entry_id bigint  not null,
    constraint certificate_pk primary key (site_id, id),
    constraint certificate_code_unique unique (site_id, code),
    constraint certificate_code_length check (length(code) between 1 and 255),
    constraint certificate_value_range check (value_minor between 0 and 1000000000000000),
    constraint certificate_balance check (spent >= 0 and held >= 0 and spent + held <= value_minor),
    constraint certificate_version check (version >= 1)
);

-- The journal: rows are inserted and never touched again.
create table entry (
    site_id        bigint not null,
    id             bigint not null,
    certificate_id bigint not null,
    -- The certificate's entry before this one; 0 for its first. A timeline is walked back from the certificate's last entry: an index
    -- by certificate would make every write touch another random page.
    previous_id    bigint not null,
    kind           bigint not null,
    amount         bigint not null,
    balance_after  bigint not null,
    value_after    bigint not null,
    code_before    text   collate "C",
    code_after     text   collate "C",
    actor          bigint not null,
    created_at     bigint not null,
    constraint entry_pk primary key (site_id, id),
    constraint entry_previous check (previous_id between 0 and id - 1),
    constraint entry_balance check (balance_after between 0 and value_after)
);

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
