-- Ids have no gaps, and batches are never deleted: the last id is their number.
select last_batch_id
from counter
where site_id = $1
