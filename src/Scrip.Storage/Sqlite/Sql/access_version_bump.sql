insert into access_version (site_id, version)
values ($1, 1)
on conflict (site_id) do update set version = access_version.version + 1
