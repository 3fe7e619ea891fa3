select count(*)
from certificate
where site_id = $1
