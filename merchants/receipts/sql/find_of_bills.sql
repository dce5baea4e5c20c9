select shown_columns, b.bill
from unnest($1::int2[], $2::uuid[]) u(bucket, bill)
cross join lateral (select b.bucket, b.request, null::smallint as position, b.id as bill from bill b where b.bucket = u.bucket and b.id = u.bill and b.request is not null
                    union
                    select g.bucket, g.request, g.position, g.bill from bill_group g where g.bucket = u.bucket and g.bill = u.bill) b
join receipt r on r.bucket = b.bucket and r.request = b.request and r.position = coalesce(b.position, r.position)
shown_joins
order by r.issued_at, r.number
