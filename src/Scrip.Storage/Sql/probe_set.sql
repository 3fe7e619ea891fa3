insert into probe (site_id, probed_at)
values ($1, $2)
on conflict (site_id) do update set probed_at = excluded.probed_at
