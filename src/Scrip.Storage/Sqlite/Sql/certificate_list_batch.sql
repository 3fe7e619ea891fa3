select c.id, c.code, c.is_active, c.value_minor, c.version, c.spent, c.held, c.created_at, c.updated_at, c.starts_at, c.expires_at,
       c.single_use, c.note,
       (select case when c.id < b.first_certificate_id + b.certificates then b.id end
        from batch b where b.site_id = ?1 and b.first_certificate_id <= c.id
        order by b.first_certificate_id desc limit 1)
from certificate c
where site_id = ?1
