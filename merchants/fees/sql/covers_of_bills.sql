select c.bill, c.id, c.kind, c.amount, c.desk, c.undoes, c.actor_kind, c.actor, coalesce(c.outside_id, ''), c.reason, c.at
from unnest($1::int2[], $2::uuid[]) u(bucket, bill)
cross join lateral (select * from bill_cover c where c.bucket = u.bucket and c.bill = u.bill offset 0) c
order by c.at, c.id
