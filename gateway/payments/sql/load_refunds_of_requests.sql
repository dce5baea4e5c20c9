select refund_columns(f)
from each($2::uuid[]) u(id)
cross join lateral (select distinct a.payment from allocation a where a.bucket = u.bucket and a.request = u.id offset 0) a
cross join lateral (select * from refund f where f.bucket = u.bucket and f.payment = a.payment offset 0) f
