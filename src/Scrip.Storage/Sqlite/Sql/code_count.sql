-- Of the narrow table of codes. PostgreSQL counts in the index of codes by certificate_count.
select count(*)
from certificate_code
where site_id = ?1
