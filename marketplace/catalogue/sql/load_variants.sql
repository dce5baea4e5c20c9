select v.product, v.id, v.title, v.price, v.sale_price, v.sale_from, v.sale_to, v.attributes
from variant v where v.bucket = any($1::int2[]) and v.product = any($2::uuid[]) and v.active order by v.product, v.position, v.id
