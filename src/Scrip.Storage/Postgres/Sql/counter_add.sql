insert into counter (site_id, last_certificate_id, last_entry_id, last_redemption_id)
values ($1, 0, 0, 0)
on conflict (site_id) do nothing
