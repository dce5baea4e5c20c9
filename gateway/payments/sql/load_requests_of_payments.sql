select request_columns(r)
from each($2::uuid[]) u(id)
cross join lateral (select p.request from payment p where p.bucket = u.bucket and p.id = u.id offset 0) p
cross join lateral (select * from payment_request r where r.bucket = u.bucket and r.id = p.request offset 0) r
