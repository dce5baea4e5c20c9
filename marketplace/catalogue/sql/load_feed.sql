select p.id, v.id, coalesce(nullif(v.sku, ''), p.external_id), s.name, p.name, v.title, p.description, i.id, coalesce(k.on_hand - k.reserved, 0),
       v.price, v.sale_price, v.sale_from, v.sale_to, coalesce(p.gtin, ''), p.brand, count(*) over (partition by p.id), c.name
from product p
join seller s on s.merchant = p.seller
join category c on c.id = p.category
join variant v on v.bucket = p.bucket and v.product = p.id and v.active
join lateral (select id from product_image where bucket = p.bucket and product = p.id order by position, id limit 1) i on true
left join stock k on k.bucket = v.bucket and k.variant = v.id
where p.bucket = (select bucket from seller where merchant = $1) and p.seller = $1 and p.state = 'published' and s.state = 'approved'
order by p.id, v.position, v.id
