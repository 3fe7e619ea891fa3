update counter
set last_certificate_id = $2, last_entry_id = $3
where site_id = $1
