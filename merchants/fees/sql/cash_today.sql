select coalesce(sum(c.amount), 0)::int8
from bill_cover c join bill b on b.bucket = c.bucket and b.id = c.bill
where c.bucket = $1::int2 and b.merchant = $2::uuid and c.kind = 'cash' and c.at >= $3::timestamptz
