select d.id, d.merchant, d.code, d.held, d.used, d.returned, d.status, d.created_at, d.settled_at
from each($2::uuid[]) u(id)
cross join lateral (select * from deposit d where d.bucket = u.bucket and d.id = u.id offset 0) d
