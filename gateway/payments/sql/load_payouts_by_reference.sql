select payout_columns(o)
from each($2::text[]) u(reference)
cross join lateral (select * from payout o where o.bucket = u.bucket and o.reference = u.reference offset 0) o
