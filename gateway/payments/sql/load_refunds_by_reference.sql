select refund_columns(f)
from each($2::text[]) u(reference)
cross join lateral (select * from refund f where f.bucket = u.bucket and f.reference = u.reference
                    union all
                    select f.* from payout o join refund f on f.bucket = o.bucket and f.id = o.refund
                    where o.bucket = u.bucket and o.reference = u.reference offset 0) f
