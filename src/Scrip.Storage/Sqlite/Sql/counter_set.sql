insert into counter (site_id, name, last_id)
values (?1, ?2, ?3)
on conflict (site_id, name) do update set last_id = excluded.last_id
