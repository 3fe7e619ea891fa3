-- The one lock of a site (docs/decisions/0008-one-lock-a-site.md). SQLite has one writer.
select last_certificate_id, last_entry_id, last_redemption_id
from counter
where site_id = $1
for update
