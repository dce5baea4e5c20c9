select a.payment, sum(a.amount)::int8
from allocation a where a.bucket = $1::int2 and a.request = $2::uuid
group by a.payment having sum(a.amount) > 0 order by a.payment desc
