-- SQLite keeps this number in the file's own header.
select to_regclass('schema_version') is not null
