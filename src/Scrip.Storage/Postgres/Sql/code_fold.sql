-- For the migration that folds all codes again. SQLite does that in one statement.
update certificate c
set code_folded = n.code_folded
from unnest($2::bigint[], $3::text[]) as n (id, code_folded)
where c.site_id = $1 and c.id = n.id
