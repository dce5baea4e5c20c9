select request_columns(r)
from each($2::text[]) u(reference)
cross join lateral (select * from payment_request r where r.bucket = u.bucket and r.reference = u.reference offset 0) r
