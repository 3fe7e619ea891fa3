select to_regclass('schema_version') is not null
