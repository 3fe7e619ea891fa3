copy entry
    (site_id, id, certificate_id, previous_id, redemption_id, kind, amount, balance_after, held_after, value_after, detail, actor,
     created_at)
from stdin (format binary)
-- SQLite runs inside the process and inserts rows one by one (docs/decisions/0009-copy-for-bulk.md).
