-- day_receipts: a stall's money since an id, newest first, numbered from 1 in the order it came; with the number and the sum of all
-- of it (what the bank took back does not count)
select row_number() over (order by p.id)::int8, p.id, p.amount, p.recorded_at, p.status = 'reversed', p.request,
       count(*) over ()::int8, coalesce(sum(p.amount) filter (where p.status <> 'reversed') over (), 0)::int8
from payment p where p.bucket = $1::int2 and p.merchant = $2::uuid and p.stall = $3::uuid and p.id >= $4::uuid and p.amount > 0
order by p.id desc limit $5::int8
