select 1
from redemption
where site_id = $1 and state = 1 and hold_expires_at <= $2
limit 1
