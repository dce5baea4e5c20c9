select p.id, p.merchant, p.unit, p.code, p.categories
from each($2::uuid[], $3::text[]) u(merchant, code)
cross join lateral (select * from payer p where p.bucket = u.bucket and p.merchant = u.merchant and p.code = u.code offset 0) p
