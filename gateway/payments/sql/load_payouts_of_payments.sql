select payout_columns(o)
from each($2::uuid[]) u(id)
cross join lateral (select f.id from refund f where f.bucket = u.bucket and f.payment = u.id offset 0) f
cross join lateral (select * from payout o where o.bucket = u.bucket and o.refund = f.id and o.status <> 'failed' offset 0) o
