select l."order", l.variant, l.product, l.name, l.unit, l.quantity, l.returned, l.price, l.vat_bp, l.pit_bp, l.tax_class
from each($2::uuid[]) u(id)
cross join lateral (
    select l.* from seller_order s join order_line l on l.bucket = s.bucket and l."order" = s.id
    where s.bucket = u.bucket and s."order" = u.id offset 0) l
order by l."order", l.position
