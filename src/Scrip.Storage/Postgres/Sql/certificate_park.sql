-- SQLite gives up and takes codes with two statements. Here one update does both, and the unique key is checked row by row. No code from a
-- caller begins with U+0001, and an id is used once, so the parked code is free.
update certificate c
set code = chr(1) || c.id
from unnest($2::bigint[]) as wanted (id)
where c.site_id = $1 and c.id = wanted.id
