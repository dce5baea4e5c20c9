select payment_columns(p)
from each($2::text[]) u(reference)
cross join lateral (select f.payment from refund f where f.bucket = u.bucket and f.reference = u.reference offset 0) f
cross join lateral (select * from payment p where p.bucket = u.bucket and p.id = f.payment offset 0) p
