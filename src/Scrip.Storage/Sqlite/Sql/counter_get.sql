select last_id
from counter
where site_id = ?1 and name = ?2
