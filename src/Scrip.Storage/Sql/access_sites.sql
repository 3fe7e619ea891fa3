select site_id, name, currency, time_zone, created_at
from site
order by site_id
