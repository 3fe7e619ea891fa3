update batch
set name = ?3
where site_id = ?1 and id = ?2
