-- On PostgreSQL the update of the code does this in the index, where certificate_park has freed the codes that another certificate takes.
delete from certificate_code
where site_id = $1 and code_folded = $2 and code = $3
