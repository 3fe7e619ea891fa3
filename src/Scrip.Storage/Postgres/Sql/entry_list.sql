-- The journal together with the issues, which have no rows of their own in it.
select j.id, j.certificate_id, j.redemption_id, j.kind, j.amount, j.balance_after, j.value_after,
       (select r.reference from redemption r where r.site_id = $1 and r.id = j.redemption_id), j.detail, j.actor, j.created_at
from (
    select e.site_id, e.id, e.certificate_id, e.redemption_id, e.kind, e.amount, e.balance_after, e.value_after, e.detail, e.actor,
           e.created_at
    from entry e
    union all
    select c.site_id, c.issued_entry_id, c.id, 0::bigint, 1::bigint, c.issued_value, c.issued_value, c.issued_value, null::text,
           c.created_by, c.created_at
    from certificate c
) j
where j.site_id = $1
