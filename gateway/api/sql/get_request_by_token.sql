-- get_request_by_token
select request_columns(r)
from payment_request r where r.bucket = $1::int2 and r.token = $2::uuid
