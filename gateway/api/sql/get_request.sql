-- get_request
select request_columns(r)
from payment_request r where r.bucket = $1::int2 and r.id = $2::uuid
