select shown_columns
from (select b.bucket, b.request, null::smallint as position from bill b where b.bucket = $1::int2 and b.id = $2::uuid and b.request is not null
      union
      select g.bucket, g.request, g.position from bill_group g where g.bucket = $1::int2 and g.bill = $2::uuid) b
join receipt r on r.bucket = b.bucket and r.request = b.request and r.position = coalesce(b.position, r.position)
shown_joins
order by r.issued_at, r.number
