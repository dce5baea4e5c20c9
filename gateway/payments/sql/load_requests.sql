select request_columns(r)
from each($2::uuid[]) u(id)
cross join lateral (select * from payment_request r where r.bucket = u.bucket and r.id = u.id offset 0) r
