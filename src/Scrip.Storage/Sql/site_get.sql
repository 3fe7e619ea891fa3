select currency, time_zone
from site
where site_id = $1
