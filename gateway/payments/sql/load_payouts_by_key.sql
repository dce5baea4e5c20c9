select payout_columns(o)
from each($2::uuid[]) u(scoped_hash)
cross join lateral (select i.subject from idempotency i where i.bucket = u.bucket and i.scoped_hash = u.scoped_hash offset 0) i
cross join lateral (select * from payout o where o.bucket = u.bucket and o.id = i.subject offset 0) o
