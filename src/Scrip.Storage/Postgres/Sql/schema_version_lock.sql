select version
from schema_version
for update
