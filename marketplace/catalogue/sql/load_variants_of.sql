select v.product, v.sku, v.title, v.barcode, v.attributes, v.price, v.sale_price, v.sale_from, v.sale_to, v.weight_g, coalesce(s.on_hand, 0)
from product p
join variant v on v.bucket = p.bucket and v.product = p.id and v.active
left join stock s on s.bucket = v.bucket and s.variant = v.id
where p.bucket = (select bucket from seller where merchant = $1) and p.seller = $1 order by v.product, v.position, v.id
