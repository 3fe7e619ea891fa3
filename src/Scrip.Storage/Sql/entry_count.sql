select count(*)
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
