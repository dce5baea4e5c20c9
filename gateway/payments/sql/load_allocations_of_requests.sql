select a.request, a.payment, a.amount
from each($2::uuid[]) u(id)
cross join lateral (select * from allocation a where a.bucket = u.bucket and a.request = u.id offset 0) a
