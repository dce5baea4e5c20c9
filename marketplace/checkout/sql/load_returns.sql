select r.id, r."order", r.status, r.reason, r.answer, r.created_at, r.decided_at, l.position, l.quantity
from each($2::uuid[]) u(id)
cross join lateral (
    select r.* from seller_order s join order_return r on r.bucket = s.bucket and r."order" = s.id
    where s.bucket = u.bucket and s."order" = u.id offset 0) r
join order_return_line l on l.bucket = r.bucket and l.return_id = r.id
order by r.id, l.position
