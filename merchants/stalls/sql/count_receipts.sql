select count(*)::int8, coalesce(sum(p.amount) filter (where p.status <> 'reversed'), 0)::int8
from payment p where p.bucket = $1::int2 and p.merchant = $2::uuid and p.stall = $3::uuid and p.amount > 0
                 and p.id >= $4::uuid and p.recorded_at >= $5::timestamptz and p.recorded_at < $6::timestamptz
