-- SQLite keeps this number in the file's own header.
select version
from schema_version
