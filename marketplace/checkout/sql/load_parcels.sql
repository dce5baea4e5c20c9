select p.id, p."order", p.carrier, p.tracking, p.shipped_at, p.delivered_at, l.position, l.quantity
from each($2::uuid[]) u(id)
cross join lateral (
    select p.* from seller_order s join parcel p on p.bucket = s.bucket and p."order" = s.id
    where s.bucket = u.bucket and s."order" = u.id offset 0) p
join parcel_line l on l.bucket = p.bucket and l.parcel = p.id
order by p.id, l.position
