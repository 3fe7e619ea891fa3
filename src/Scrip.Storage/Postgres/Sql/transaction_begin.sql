-- Overrides the role's default: under a stricter level a transaction that waited for the lock of the site would be aborted. SQLite has only
-- one level.
begin isolation level read committed
