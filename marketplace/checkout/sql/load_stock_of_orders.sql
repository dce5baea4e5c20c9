select s.variant, s.on_hand, s.reserved
from (select distinct l.bucket, l.variant
      from each($2::uuid[]) u(id)
      cross join lateral (
          select l.bucket, l.variant from seller_order p join order_line l on l.bucket = p.bucket and l."order" = p.id
          where p.bucket = u.bucket and p."order" = u.id offset 0) l
      order by l.bucket, l.variant) w
cross join lateral (select * from stock s where s.bucket = w.bucket and s.variant = w.variant for update of s) s
