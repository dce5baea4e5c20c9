select l.request, l.merchant, l.amount
from each($2::uuid[]) u(id)
cross join lateral (select * from split_line l where l.bucket = u.bucket and l.request = u.id offset 0) l
order by l.request, l.position
