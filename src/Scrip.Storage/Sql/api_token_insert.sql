insert into api_token (site_id, id, name, scopes, hash, created_at, expires_at)
values ($1, $2, $3, $4, $5, $6, $7)
