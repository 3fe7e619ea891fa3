insert into site (site_id, name, currency, time_zone, created_at)
values ($1, $2, $3, $4, $5)
