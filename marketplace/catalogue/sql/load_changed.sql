select p.id, p.changed, p.state = 'published' and s.state = 'approved' as visible, p.seller, p.category, p.external_id, p.slug, p.name,
       p.description, p.unit, p.brand, p.origin, s.name, s.slug, s.commune, s.province, c.name, c.slug, p.sold, p.created_at,
       (select i.id from product_image i where i.bucket = p.bucket and i.product = p.id order by i.position, i.id limit 1),
       ocop.stars, ocop.valid_until::text, gi.name, gi.valid_until::text
from product p
join seller s on s.merchant = p.seller
join category c on c.id = p.category
left join lateral (select stars, valid_until from product_proof q where q.bucket = p.bucket and q.product = p.id and q.kind = 'ocop'
                   order by valid_until desc, stars desc limit 1) ocop on true
left join lateral (select name, valid_until from product_proof q where q.bucket = p.bucket and q.product = p.id and q.kind = 'geographical_indication'
                   order by valid_until desc limit 1) gi on true
where (p.changed, p.id) > ($1, $2) and p.changed <= $3
order by p.changed, p.id limit $4
