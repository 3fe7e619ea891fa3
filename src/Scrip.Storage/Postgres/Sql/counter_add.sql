-- Creates the row that counter_lock locks. SQLite, with its single writer, creates the row when it sets it.
insert into counter (site_id, last_certificate_id, last_entry_id, last_redemption_id, newest_entry_at, last_batch_id)
values ($1, 0, 0, 0, 0, 0)
on conflict (site_id) do nothing
