select id, certificate_id, previous_id, redemption_id, kind, amount, balance_after, held_after, value_after, detail, actor, created_at
from entry
where site_id = $1
order by id
