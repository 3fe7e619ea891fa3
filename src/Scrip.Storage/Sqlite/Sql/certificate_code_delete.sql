-- On PostgreSQL the update of the code does this in the index; certificate_park has set free there what another certificate takes.
delete from certificate_code
where site_id = ?1 and code_folded = ?2 and code = ?3
