select shown_columns
from unnest($1::int2[], $2::uuid[]) u(bucket, request)
cross join lateral (select * from receipt r where r.bucket = u.bucket and r.request = u.request offset 0) r
shown_joins
order by r.issued_at, r.number
