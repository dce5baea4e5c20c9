select p.id, p.external_id, p.name, c.name, p.description, p.unit, p.brand, p.origin, coalesce(p.gtin, ''), p.state in ('published', 'pending'),
       p.image_sources
from product p join category c on c.id = p.category where p.bucket = (select bucket from seller where merchant = $1) and p.seller = $1 order by p.created_at, p.external_id
