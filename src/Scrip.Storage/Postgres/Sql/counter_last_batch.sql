-- SQLite reads the whole row by counter_get.
select last_batch_id
from counter
where site_id = $1
