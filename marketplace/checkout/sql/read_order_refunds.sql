select f.id, r.seller_order, r.is_return, f.amount, f.status, f.reason, f.destination is not null, f.created_at, f.decided_at, o.settled_at
from order_refund r
join refund f on f.bucket = r.bucket and f.id = r.refund
left join payout o on o.bucket = f.bucket and o.refund = f.id
where r.bucket = $1::int2 and r."order" = $2::uuid
union all
select f.id, null, false, f.amount, f.status, f.reason, f.destination is not null, f.created_at, f.decided_at, o.settled_at
from refund f left join payout o on o.bucket = f.bucket and o.refund = f.id
where f.bucket = $1::int2 and f.request = $2::uuid and not exists (select from order_refund r where r.bucket = f.bucket and r.refund = f.id)
order by 8, 1
