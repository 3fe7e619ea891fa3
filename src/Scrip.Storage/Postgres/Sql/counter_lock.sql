-- The only lock of a site (docs/decisions/0008-one-lock-a-site.md). SQLite has a single writer instead.
select last_certificate_id, last_entry_id, last_redemption_id, last_batch_id
from counter
where site_id = $1
for update
