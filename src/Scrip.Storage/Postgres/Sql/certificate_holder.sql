select c.id, c.code
from unnest($2::text[], $3::text[]) as wanted (code_folded, code)
join certificate c on c.site_id = $1 and c.code_folded = wanted.code_folded and c.code = wanted.code
