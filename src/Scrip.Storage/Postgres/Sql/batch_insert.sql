insert into batch (site_id, id, name, source, first_certificate_id, certificates, units, created_at, created_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
