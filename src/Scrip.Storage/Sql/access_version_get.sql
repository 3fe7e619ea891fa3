select version
from access_version
where site_id = $1
