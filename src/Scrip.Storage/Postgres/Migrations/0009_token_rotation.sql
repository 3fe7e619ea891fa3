-- The secret that the last rotation replaced, and until when it works beside the new one (docs/decisions/0036-a-token-is-an-identity.md).
alter table api_token add column previous_hash bytea;
alter table api_token add column previous_ends_at bigint;
alter table api_token
    add constraint api_token_previous check ((previous_hash is null) = (previous_ends_at is null));
