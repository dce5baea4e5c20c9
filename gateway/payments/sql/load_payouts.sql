select payout_columns(o)
from each($2::uuid[]) u(id)
cross join lateral (select * from payout o where o.bucket = u.bucket and o.id = u.id offset 0) o
