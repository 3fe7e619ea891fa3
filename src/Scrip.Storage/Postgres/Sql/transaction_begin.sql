-- Whatever the role has by default: under a stricter level what has waited for the lock of the site is given up. SQLite has one level.
begin isolation level read committed
