with w as (
    update shop_order o set waiting = u.waiting, short = u.short from each($2::uuid[], $3::bool[], $4::bool[]) u(id, waiting, short)
    where o.bucket = u.bucket and o.id = u.id and o.id = any($2::uuid[]) returning 1)
select 1 / (count(*) = $5::int8)::int from w
