-- Programs that migrate at the same moment follow one another.
select version
from schema_version
for update
