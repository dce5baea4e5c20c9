select v.product, sum(s.on_hand - s.reserved)::bigint
from variant v join stock s on s.bucket = v.bucket and s.variant = v.id
where v.bucket = any($1::int2[]) and v.product = any($2::uuid[]) and v.active group by v.product
