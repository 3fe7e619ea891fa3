select last_certificate_id, last_entry_id
from counter
where site_id = $1
for update
