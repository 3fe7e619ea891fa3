copy certificate
    (site_id, id, code, code_folded, is_active, value_minor, spent, held, version, issued_value, created_at, created_by, updated_at,
     starts_at, expires_at, single_use, note, issued_entry_id, last_entry_id, spent_at_redemption_id)
from stdin (format binary)
-- SQLite runs inside the process and inserts rows one by one (docs/decisions/0009-copy-for-bulk.md).
