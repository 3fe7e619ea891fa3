-- SQLite reads the redemption first and then its certificate; here that would take another round trip.
select c.id, c.code, c.is_active, c.value_minor, c.issued_value, c.spent, c.held, c.version, c.created_at, c.created_by, c.updated_at,
       c.starts_at, c.expires_at, c.single_use, c.note, c.issued_entry_id, c.last_entry_id, c.spent_at_redemption_id
from unnest($2::bigint[]) as wanted (redemption_id)
join redemption r on r.site_id = $1 and r.id = wanted.redemption_id
join certificate c on c.site_id = $1 and c.id = r.certificate_id
