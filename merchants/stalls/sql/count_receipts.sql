select count(*)::int8, coalesce(sum(p.amount) filter (where p.status <> 'reversed'), 0)::int8
from stall_receipt r join payment p on p.bucket = r.bucket and p.id = r.payment
where r.bucket = $1::int2 and p.bucket = $1::int2 and r.stall = $2::uuid and r.n between $3::int8 and $4::int8
