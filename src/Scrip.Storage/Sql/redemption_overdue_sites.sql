select distinct site_id
from redemption
where state = 1 and hold_expires_at <= $1
