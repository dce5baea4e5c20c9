select replace(coalesce(c.outside_id, ''), '"', ''), c.bill, coalesce(b.number, ''), replace(p.code, '"', ''), c.amount, c.at
from bill b
join bill_cover c on c.bucket = b.bucket and c.bill = b.id
join payer p on p.bucket = b.bucket and p.id = b.payer
where b.bucket = $1::int2 and b.merchant = $2::uuid and c.kind = 'cash' and c.at >= $3::timestamptz and c.at < $4::timestamptz
order by c.at, c.id
