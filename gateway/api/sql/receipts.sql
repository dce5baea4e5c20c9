-- receipts: a stall's money that came in, not older than an id, newest first; with the sum and the number of all of it
select payment_columns(p),
       coalesce(sum(p.amount) filter (where p.status <> 'reversed') over (), 0)::int8, count(*) over ()
from payment p where p.bucket = $1::int2 and p.merchant = $2::uuid and p.stall = $3::uuid and p.id >= $4::uuid and p.amount > 0
order by p.id desc limit $5::int8
