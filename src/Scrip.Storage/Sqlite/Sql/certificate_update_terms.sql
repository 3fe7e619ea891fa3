update certificate
set starts_at = $3, expires_at = $4, single_use = $5, note = $6
where site_id = $1 and id = $2
