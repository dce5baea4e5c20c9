select b.merchant, b.code
from each($2::uuid[], $3::text[]) u(merchant, code)
cross join lateral (select b.merchant, b.code from bill b where b.bucket = u.bucket and b.merchant = u.merchant and b.code = u.code offset 0) b
