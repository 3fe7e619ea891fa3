select certificate_id
from certificate_code
where site_id = $1 and code_folded = $2 and code = $3
