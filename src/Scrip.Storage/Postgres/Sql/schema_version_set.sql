-- SQLite keeps this number in the file's own header.
update schema_version
set version = $1
