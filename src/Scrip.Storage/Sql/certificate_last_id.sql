-- Ids have no gaps, and certificates are never deleted: the last id is their number.
select last_certificate_id
from counter
where site_id = $1
