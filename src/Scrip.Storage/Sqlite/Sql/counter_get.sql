select last_certificate_id, last_entry_id, last_redemption_id, last_batch_id
from counter
where site_id = ?1
