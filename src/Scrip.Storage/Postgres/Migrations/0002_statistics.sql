-- PostgreSQL plans by statistics, which a table lacks until it has been analyzed with rows in it. Until then PostgreSQL assumes that a site
-- has half a percent of all rows, and it scans the site to find a group's few keys. So the migration declares that one site may have
-- everything (too much on a platform with many sites, but harmless, since keys are narrower still), and lets PostgreSQL analyze a thousand
-- rows once. It keeps these statistics until there are real rows to analyze.
alter table certificate alter column site_id set (n_distinct = 1);
alter table entry alter column site_id set (n_distinct = 1);
alter table redemption alter column site_id set (n_distinct = 1);
alter table idempotency_record alter column site_id set (n_distinct = 1);

insert into certificate
    (site_id, id, code, code_folded, is_active, value_minor, spent, held, version, issued_value, created_at, created_by, updated_at,
     starts_at, expires_at, single_use, note, issued_entry_id, last_entry_id)
select -n, n, 'C' || n, 'C' || n, true, 1, 0, 0, 1, 1, n, 0, n, null, null, false, null, n, n
from generate_series(1, 1000) n;
insert into entry
    (site_id, id, certificate_id, previous_id, redemption_id, kind, amount, balance_after, held_after, value_after, detail, actor,
     created_at)
select -n, n + 1, n, n, 0, 2, 0, 1, 0, 1, null, 0, n
from generate_series(1, 1000) n;
insert into redemption
    (site_id, id, certificate_id, reference, state, amount, captured, refunded, balance_after, created_at, hold_expires_at, ended_id)
select -n, n, n, 'R' || n, 2, 1, 1, 0, 0, n, null, 0
from generate_series(1, 1000) n;
insert into idempotency_record (site_id, actor, key, fingerprint, receipt, trace_id, created_at)
select -n, n, 'K' || n, '', '', '', n
from generate_series(1, 1000) n;

analyze certificate, entry, redemption, idempotency_record;

delete from certificate where site_id < 0;
delete from entry where site_id < 0;
delete from redemption where site_id < 0;
delete from idempotency_record where site_id < 0;
