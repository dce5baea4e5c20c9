-- newest_request: of a stall, not older than an id
select request_columns(r)
from payment_request r where r.bucket = $1::int2 and r.merchant = $2::uuid and r.stall = $3::uuid and r.id >= $4::uuid
order by r.id desc limit 1
