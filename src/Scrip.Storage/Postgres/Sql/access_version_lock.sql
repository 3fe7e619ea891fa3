-- SQLite has one writer. Here, two servers that change sites or tokens follow one another.
select version
from access_version
where site_id = $1
for update
