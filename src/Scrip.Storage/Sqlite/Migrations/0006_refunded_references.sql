-- A wholly refunded redemption gives up its reference, as a released or expired one does: an order that was cancelled and refunded can be
-- paid again. SQLite cannot change a constraint, so the table is rewritten.
drop index redemption_open_hold;
alter table redemption rename to redemption_before;

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
    -- 0 while it is live, then its own id: so that one certificate and one reference have one live redemption.
    ended_id        integer not null,
    constraint redemption_pk primary key (site_id, id),
    constraint redemption_reference_unique unique (site_id, reference, certificate_id, ended_id),
    constraint redemption_state check (state between 1 and 4),
    constraint redemption_live check (ended_id = case when state = 1 or (state = 2 and refunded < captured) then 0 else id end),
    constraint redemption_hold check (state = 2 or hold_expires_at is not null),
    constraint redemption_amounts check (amount > 0 and captured between 0 and amount and refunded between 0 and captured),
    constraint redemption_balance check (balance_after >= 0)
) strict, without rowid;

insert into redemption
    (site_id, id, certificate_id, reference, state, amount, captured, refunded, balance_after, created_at, hold_expires_at, ended_id)
select site_id, id, certificate_id, reference, state, amount, captured, refunded, balance_after, created_at, hold_expires_at,
       case when state = 1 or (state = 2 and refunded < captured) then 0 else id end
from redemption_before
order by site_id, id;

drop table redemption_before;

-- The open holds in the order in which they run out, over all sites, because one job ends them all.
create index redemption_open_hold on redemption (hold_expires_at, site_id) where state = 1;

delete from sqlite_stat1 where tbl like 'redemption%';
insert into sqlite_stat1 (tbl, idx, stat) values
    ('redemption', 'redemption', '1000000 1000000 1'),
    ('redemption', 'sqlite_autoindex_redemption_2', '1000000 1000000 10 1 1'),
    ('redemption', 'redemption_open_hold', '10000 2 1');
analyze sqlite_schema;
