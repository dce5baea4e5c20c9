select request_columns(r)
from each($2::uuid[], $3::text[]) u(merchant, order_code)
cross join lateral (select * from payment_request r where r.bucket = u.bucket and r.merchant = u.merchant and r.order_code = u.order_code offset 0) r
