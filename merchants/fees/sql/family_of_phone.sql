select p.id
from payer p join person n on n.bucket = p.bucket and n.id = p.id
where n.bucket = any($1::int2[]) and n.phone = $2::text and p.active
union
select p.id
from person n join guardian g on g.bucket = n.bucket and g.person = n.id join payer p on p.bucket = g.bucket and p.id = g.payer
where n.bucket = any($1::int2[]) and n.phone = $2::text and p.active
order by 1 limit 50
