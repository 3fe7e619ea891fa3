-- The journal together with the issues, which have no rows of their own in it. The casts give both halves the same types: only then does
-- SQLite search each half by its key and merge the two (https://sqlite.org/optoverview.html, flattening) instead of materializing both
-- first.
select j.id, j.certificate_id, j.redemption_id, j.kind, j.amount, j.balance_after, j.value_after,
       (select r.reference from redemption r where r.site_id = $1 and r.id = j.redemption_id), j.detail, j.actor, j.created_at
from (
    select e.site_id, e.id, e.certificate_id, e.redemption_id, e.kind, e.amount, e.balance_after, e.value_after, e.detail, e.actor,
           e.created_at
    from entry e
    union all
    select c.site_id, c.issued_entry_id, c.id, cast(0 as bigint), cast(1 as bigint), c.issued_value, c.issued_value, c.issued_value,
           cast(null as text), c.created_by, c.created_at
    from certificate c
) j
where j.site_id = $1
