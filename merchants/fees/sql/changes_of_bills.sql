select h.bill, h.revision, h.amount, h.actor_kind, h.actor, h.what, h.reason, h.at
from unnest($1::int2[], $2::uuid[]) u(bucket, bill)
cross join lateral (select * from bill_change h where h.bucket = u.bucket and h.bill = u.bill offset 0) h
order by h.bill, h.n
