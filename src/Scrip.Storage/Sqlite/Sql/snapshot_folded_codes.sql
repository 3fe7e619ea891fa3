select id, code, code_folded
from certificate
where site_id = ?1
