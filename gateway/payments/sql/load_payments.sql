select payment_columns(p)
from each($2::uuid[]) u(id)
cross join lateral (select * from payment p where p.bucket = u.bucket and p.id = u.id offset 0) p
