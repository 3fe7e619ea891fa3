select site_id, id, name, scopes, hash, created_at, expires_at, revoked_at, previous_hash, previous_ends_at
from api_token
order by site_id, id
