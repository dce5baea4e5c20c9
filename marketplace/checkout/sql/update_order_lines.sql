with w as (
    update order_line l set returned = u.returned from each($2::uuid[], $3::int2[], $4::int8[]) u(parent, position, returned)
    where l.bucket = u.bucket and l."order" = u.parent and l.position = u.position and l."order" = any($2::uuid[]) returning 1)
select 1 / (count(*) = $5::int8)::int from w
