select refund_columns(f)
from each($2::uuid[]) u(id)
cross join lateral (select o.refund from payout o where o.bucket = u.bucket and o.id = u.id offset 0) o
cross join lateral (select * from refund f where f.bucket = u.bucket and f.id = o.refund offset 0) f
