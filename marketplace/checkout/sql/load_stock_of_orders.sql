select s.variant, s.on_hand, s.reserved from stock s
where s.bucket in_batch and s.variant in (
    select l.variant from seller_order p join order_line l on l.bucket = p.bucket and l."order" = p.id
    where p.bucket in_batch and p."order" = any($2::uuid[]))
order by s.variant for update of s
