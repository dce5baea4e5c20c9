-- usual_receipt: the median of a stall's latest hundred receipts since an id, if there are five
select coalesce(case when count(*) >= 5 then percentile_disc(0.5) within group (order by amount) end, 0)::int8
from (select p.amount from payment p where p.bucket = $1::int2 and p.merchant = $2::uuid and p.stall = $3::uuid and p.id >= $4::uuid and p.amount > 0
      order by p.id desc limit 100) latest
