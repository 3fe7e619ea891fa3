select id
from certificate
where site_id = ?1 and code = ?2
