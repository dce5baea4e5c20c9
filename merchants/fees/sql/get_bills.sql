select bill_columns
from unnest($1::int2[], $2::uuid[]) with ordinality u(bucket, id, n)
cross join lateral (select * from bill b where b.bucket = u.bucket and b.id = u.id offset 0) b bill_joins
order by u.n
