select request_columns(r)
from each($2::uuid[], $3::uuid[]) u(merchant, key_hash)
cross join lateral (select i.subject from idempotency i where i.bucket = u.bucket and i.merchant = u.merchant and i.key_hash = u.key_hash offset 0) i
cross join lateral (select * from payment_request r where r.bucket = u.bucket and r.id = i.subject offset 0) r
