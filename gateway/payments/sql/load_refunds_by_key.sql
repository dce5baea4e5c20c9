select refund_columns(f)
from each($2::uuid[]) u(scoped_hash)
cross join lateral (select i.subject from idempotency i where i.bucket = u.bucket and i.scoped_hash = u.scoped_hash offset 0) i
cross join lateral (select * from refund f where f.bucket = u.bucket and f.id = i.subject offset 0) f
