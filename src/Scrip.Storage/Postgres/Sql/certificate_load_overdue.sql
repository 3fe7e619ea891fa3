-- The certificates of the holds that redemption_load_overdue finds.
select c.id, c.code, c.is_active, c.value_minor, c.issued_value, c.spent, c.held, c.version, c.created_at, c.created_by, c.updated_at,
       c.starts_at, c.expires_at, c.single_use, c.note, c.issued_entry_id, c.last_entry_id, c.spent_at_redemption_id
from (
    select distinct o.certificate_id
    from (
        select r.certificate_id
        from redemption r
        where r.site_id = $1 and r.state = 1 and r.hold_expires_at <= $2
        order by r.hold_expires_at, r.id
        limit $3
    ) o
) wanted
join certificate c on c.site_id = $1 and c.id = wanted.certificate_id
