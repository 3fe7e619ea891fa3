-- SQLite gives codes up and takes them with two statements; here an update does both, and the unique key is checked row by row.
-- U+0001 begins no code that a caller can give, and an id is in use once: the parked code is free.
update certificate c
set code = chr(1) || c.id
from unnest($2::bigint[]) as wanted (id)
where c.site_id = $1 and c.id = wanted.id
