select k.certificate_id, c.code, k.code_folded
from certificate_code k
left join certificate c on c.site_id = k.site_id and c.id = k.certificate_id and c.code = k.code
where k.site_id = $1
