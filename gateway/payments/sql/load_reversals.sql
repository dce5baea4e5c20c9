select r.payment, r.id
from each($2::uuid[]) u(payment)
cross join lateral (select * from reversal r where r.bucket = u.bucket and r.payment = u.payment offset 0) r
