select payout_columns(o)
from each($2::uuid[]) u(merchant)
cross join lateral (select * from payout o where o.bucket = u.bucket and o.merchant = u.merchant and o.status = 'proposed' offset 0) o
