select distinct on (p.id) payment_columns(p)
from each($2::uuid[]) u(id)
cross join lateral (select distinct a.payment from allocation a where a.bucket = u.bucket and a.request = u.id offset 0) a
cross join lateral (select * from payment p where p.bucket = u.bucket and p.id = a.payment offset 0) p
