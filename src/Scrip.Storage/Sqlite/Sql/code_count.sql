-- Counts the narrow table of codes. On PostgreSQL certificate_count counts in the index of codes.
select count(*)
from certificate_code
where site_id = $1
