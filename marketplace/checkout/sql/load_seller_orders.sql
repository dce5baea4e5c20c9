select s.id, s."order", s.seller, s.position, s.status, s.reason, s.goods, s.shipping, s.commission_bp, s.shipping_vat_bp, s.shipping_pit_bp,
       s.credited, s.credited_commission, s.credited_tax, s.updated_at
from each($2::uuid[]) u(id)
cross join lateral (select * from seller_order s where s.bucket = u.bucket and s."order" = u.id offset 0) s
order by s."order", s.position
