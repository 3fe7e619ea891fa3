select count(*)
from redemption r
join certificate c on c.site_id = r.site_id and c.id = r.certificate_id
where r.site_id = $1
