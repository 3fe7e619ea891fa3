select coalesce(max(newest_entry_at), 0)
from counter
