select l.id, l.product, l.seller, l.number, l.code, l.made_on::text, l.expires_on::text, l.quantity, l.place, l.recalled_at, l.recall_why,
       l.sold_until::text, p.name, p.gtin, p.unit, s.name, s.slug, s.address, s.commune, s.province,
       (select i.id from product_image i where i.bucket = p.bucket and i.product = p.id order by i.position, i.id limit 1),
       q.stars, q.number, q.issuer, q.valid_until::text
from lot l
join product p on p.bucket = l.bucket and p.id = l.product
join seller s on s.merchant = l.seller
left join lateral (select stars, number, issuer, valid_until from product_proof where bucket = p.bucket and product = p.id and kind = 'ocop'
                   order by valid_until desc limit 1) q on true
