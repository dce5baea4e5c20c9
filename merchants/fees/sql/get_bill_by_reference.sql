select bill_columns
from payment_request q join bill b on b.bucket = q.bucket and b.request = q.id bill_joins
where q.bucket = any($1::int2[]) and q.reference = $2::text
