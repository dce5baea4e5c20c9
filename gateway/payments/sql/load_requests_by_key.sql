select request_columns(r)
from each($2::uuid[]) u(scoped_hash)
cross join lateral (select i.subject from idempotency i where i.bucket = u.bucket and i.scoped_hash = u.scoped_hash offset 0) i
cross join lateral (select * from payment_request r where r.bucket = u.bucket and r.id = i.subject offset 0) r
