select p.id, p.unit, p.code, coalesce(n.name, ''), coalesce(n.phone, ''), coalesce(w.code, ''), coalesce(w.name, ''), p.categories
from payer p left join person n on n.bucket = p.bucket and n.id = p.id
left join fee_unit w on w.bucket = p.bucket and w.id = p.unit
where p.bucket = $1::int2 and p.merchant = $2::uuid and p.active and ($3::uuid is null or p.unit = $3::uuid) and p.code > $4::text
order by p.code limit $5::int8
