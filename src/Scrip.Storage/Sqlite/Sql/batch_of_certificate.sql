select id, name, source, first_certificate_id, certificates, units, created_at, created_by
from batch
where site_id = ?1 and first_certificate_id <= ?2
order by first_certificate_id desc
limit 1
