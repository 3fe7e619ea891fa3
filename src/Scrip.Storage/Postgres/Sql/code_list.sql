-- For the migration that folds all codes again. SQLite does that in one statement.
select id, code, code_folded
from certificate
where site_id = $1 and id > $2
order by id
limit $3
