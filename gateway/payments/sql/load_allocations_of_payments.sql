select a.request, a.payment, a.amount
from each($2::uuid[]) u(id)
cross join lateral (select p.request from payment p where p.bucket = u.bucket and p.id = u.id offset 0) p
cross join lateral (select * from allocation a where a.bucket = u.bucket and a.request = p.request and a.payment = u.id offset 0) a
