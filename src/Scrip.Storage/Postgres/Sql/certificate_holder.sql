select c.id, c.code
from unnest($2::text[]) as wanted (code)
join certificate c on c.site_id = $1 and c.code = wanted.code
