select p.id
from payer p
where p.bucket = any($1::int2[]) and p.code = $2::text and p.active
  and (exists (select from person n where n.bucket = p.bucket and n.id = p.id and n.phone = $3::text)
       or exists (select from guardian g join person n on n.bucket = g.bucket and n.id = g.person
                  where g.bucket = p.bucket and g.payer = p.id and n.phone = $3::text))
order by p.id limit 20
