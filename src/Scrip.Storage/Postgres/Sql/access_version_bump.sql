update access_version
set version = version + 1
where site_id = $1
