insert into counter (site_id, last_certificate_id, last_entry_id, last_redemption_id, newest_entry_at, last_batch_id)
values (?1, ?2, ?3, ?4, ?5, ?6)
on conflict (site_id) do update
set last_certificate_id = excluded.last_certificate_id, last_entry_id = excluded.last_entry_id,
    last_redemption_id = excluded.last_redemption_id, last_batch_id = excluded.last_batch_id,
    newest_entry_at = max(newest_entry_at, excluded.newest_entry_at)
