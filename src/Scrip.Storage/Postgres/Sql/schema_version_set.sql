update schema_version
set version = $1
