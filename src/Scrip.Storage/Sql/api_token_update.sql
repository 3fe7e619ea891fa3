update api_token
set hash = $3, previous_hash = $4, previous_ends_at = $5, revoked_at = $6
where site_id = $1 and id = $2
