-- SQLite reads the whole row with counter_get.
select last_entry_id
from counter
where site_id = $1
