-- U+0001 begins no code that a caller can give, and an id is in use once: the parked code is free.
update certificate
set code = char(1) || id
where site_id = ?1 and id = ?2
